import Glibc
import LinearAlgebra

/// The losses of the two stages over one batch, with their gradients.
enum Objectives {
    /// Stage 1 (CCL 3.1): `(1 - lambda) reconstruction + lambda correlation`. Extras: both decoders.
    static func stage1(lambda: Float) -> StageRunner.Objective {
        { batch, parameters, images, texts in
            guard let imageDecoder = parameters.extras.imageDecoder, let textDecoder = parameters.extras.textDecoder else {
                preconditionFailure("stage 1 has decoders")
            }
            let imageUnit = UnitRows(images.code), textUnit = UnitRows(texts.code)
            let agreement = AgreementLoss.evaluate(images: imageUnit.values, sheets: textUnit.values, pairs: batch.pairs)
            let image = imageDecoder.loss(code: images.code, features: images.input, weights: batch.pairs.rowSums)
            let text = textDecoder.loss(code: texts.code, features: texts.input, weights: batch.pairs.columnSums)
            let share = 1 - lambda
            return (
                share * (image.loss + text.loss) + lambda * agreement.loss,
                image.code.scaled(share).adding(imageUnit.backward(agreement.images).scaled(lambda)),
                text.code.scaled(share).adding(textUnit.backward(agreement.sheets).scaled(lambda)),
                StageExtras(imageDecoder: image.parameters.scaled(share), textDecoder: text.parameters.scaled(share)), nil
            )
        }
    }

    /// Stage 2 (CCL 3.2): the pair constraint and, where categories are known, the category constraint, by the balance.
    ///
    /// Pair: each image picks its sheets and each sheet its images. Category: the same choice with all of one category as partners
    /// (supervised contrast, Khosla et al. 2020, across modalities), plus prototypes that both modalities share.
    /// `categories` is `sheets x classes`, a zero row for a sheet without one. Extras: none without categories; else the prototypes
    /// (`head`), and for an adaptive balance the two log-uncertainties.
    static func stage2(_ settings: TrainingSettings, categories: Matrix) -> StageRunner.Objective {
        { batch, parameters, images, texts in
            let imageUnit = UnitRows(images.code), textUnit = UnitRows(texts.code)
            let pair = SimilarityLoss.evaluate(
                images: imageUnit.values, sheets: textUnit.values, pairs: batch.pairs, temperature: settings.temperature)
            guard let head = parameters.extras.head else {
                return (pair.loss, imageUnit.backward(pair.images), textUnit.backward(pair.sheets), StageExtras(), nil)
            }
            let labels = categories.gathering(batch.sheets)
            let category = categoryConstraint(settings, head, imageUnit.values, textUnit.values, batch.pairs, labels)
            var weights: (pair: Float, category: Float) = (1, 1), extras = StageExtras(), constant: Float = 0
            if case .fixed(let share) = settings.balance {
                weights = (1 - share, share)
            } else if let uncertainties = parameters.extras.uncertainties {
                let (first, second) = (uncertainties.pair[0, 0], uncertainties.category[0, 0])
                weights = (expf(-first), expf(-second))
                constant = first + second
                extras.uncertainties = StageExtras.Uncertainties(pair: 1 - weights.pair * pair.loss, category: 1 - weights.category * category.loss)
            }
            extras.head = category.head.scaled(weights.category)
            return (
                weights.pair * pair.loss + weights.category * category.loss + constant,
                imageUnit.backward(pair.images.scaled(weights.pair).adding(category.images.scaled(weights.category))),
                textUnit.backward(pair.sheets.scaled(weights.pair).adding(category.sheets.scaled(weights.category))),
                extras, nil
            )
        }
    }

    /// The fine stage: stage 2, and the same choice of partners by parts (`PartAlignment`), in the same encoders.
    static func fine(_ settings: TrainingSettings, categories: Matrix, parts: PartFeatures) -> StageRunner.Objective {
        let coarse = stage2(settings, categories: categories)
        return { batch, parameters, images, texts in
            var result = coarse(batch, parameters, images, texts)
            let regions = parts.images.gathering(batch.images), fragments = parts.texts.gathering(batch.sheets)
            let regionPass = parameters.image.forward(regions.values), fragmentPass = parameters.text.forward(fragments.values)
            let regionUnit = UnitRows(regionPass.code), fragmentUnit = UnitRows(fragmentPass.code)
            let alignment = PartAlignment(
                regions: regions.replacing(regionUnit.values), fragments: fragments.replacing(fragmentUnit.values))
            let choice = SimilarityLoss.evaluate(similarities: alignment.scores, pairs: batch.pairs, temperature: settings.temperature)
            let gradient = alignment.backward(choice.gradient)
            result.loss += choice.loss
            result.encoders = (
                parameters.image.backward(regionPass, regionUnit.backward(gradient.regions)),
                parameters.text.backward(fragmentPass, fragmentUnit.backward(gradient.fragments))
            )
            return result
        }
    }

    private static func categoryConstraint(
        _ settings: TrainingSettings, _ head: CategoryHead, _ images: Matrix, _ sheets: Matrix, _ pairs: Matrix, _ labels: Matrix
    ) -> (loss: Float, images: Matrix, sheets: Matrix, head: CategoryHead) {
        let imageLabels = Matrix.product(pairs, labels)
        var agreement = Matrix.product(imageLabels, .asIs, labels, .transposed)
        let sums = agreement.rowSums
        // Every image weighs what its labelled pairs do, however many sheets share its category.
        agreement = agreement.scalingRows(zip(imageLabels.rowSums, sums).map { $1 > 0 ? $0 / $1 : 0 })
        let contrast = SimilarityLoss.evaluate(images: images, sheets: sheets, pairs: agreement, temperature: settings.temperature)
        let image = head.loss(code: images, targets: imageLabels)
        let text = head.loss(code: sheets, targets: labels.scalingRows(pairs.columnSums))
        return (
            contrast.loss + image.loss + text.loss, contrast.images.adding(image.code), contrast.sheets.adding(text.code),
            image.parameters.adding(text.parameters)
        )
    }
}

extension Matrix {
    /// This matrix times a number.
    func scaled(_ factor: Float) -> Matrix { scalingRows([Float](repeating: factor, count: rows)) }

    /// The sum of two matrices of one shape.
    func adding(_ other: Matrix) -> Matrix {
        var sum = self
        sum.add(other)
        return sum
    }
}
