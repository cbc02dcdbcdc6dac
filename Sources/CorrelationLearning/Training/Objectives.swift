import Glibc
import LinearAlgebra

/// The losses of the two stages over one batch, with their gradients.
enum Objectives {
    /// Stage 1 (CCL 3.1): `(1 - lambda) reconstruction + lambda correlation`. Extras: the image decoder, then the text decoder.
    static func stage1(lambda: Float) -> StageRunner.Objective {
        { batch, _, images, texts, extras in
            let imageUnit = UnitRows(images.code), textUnit = UnitRows(texts.code)
            let agreement = AgreementLoss.evaluate(images: imageUnit.values, sheets: textUnit.values, pairs: batch.pairs)
            let imageDecoder = Decoder(parameters: Array(extras[0..<2])), textDecoder = Decoder(parameters: Array(extras[2..<4]))
            let image = imageDecoder.loss(code: images.code, features: images.input, weights: batch.pairs.rowSums)
            let text = textDecoder.loss(code: texts.code, features: texts.input, weights: batch.pairs.columnSums)
            let share = 1 - lambda
            return (
                share * (image.loss + text.loss) + lambda * agreement.loss,
                image.code.scaled(share).adding(imageUnit.backward(agreement.images).scaled(lambda)),
                text.code.scaled(share).adding(textUnit.backward(agreement.sheets).scaled(lambda)),
                (image.parameters + text.parameters).map { $0.scaled(share) }, []
            )
        }
    }

    /// Stage 2 (CCL 3.2): the pair constraint and, where categories are known, the category constraint, by the balance.
    ///
    /// Pair: each image picks its sheets and each sheet its images. Category: the same choice with all of one category as partners
    /// (supervised contrast, Khosla et al. 2020, across modalities), plus prototypes that both modalities share.
    /// `categories` is `sheets x classes`, a zero row for a sheet without one. Extras: none without categories; else the prototypes,
    /// and for an adaptive balance the two log-uncertainties.
    static func stage2(_ settings: TrainingSettings, categories: Matrix) -> StageRunner.Objective {
        { batch, _, images, texts, extras in
            let imageUnit = UnitRows(images.code), textUnit = UnitRows(texts.code)
            let pair = SimilarityLoss.evaluate(
                images: imageUnit.values, sheets: textUnit.values, pairs: batch.pairs, temperature: settings.temperature)
            guard !extras.isEmpty else {
                return (pair.loss, imageUnit.backward(pair.images), textUnit.backward(pair.sheets), [], [])
            }
            let labels = categories.gathering(batch.sheets)
            let head = CategoryHead(parameters: Array(extras[..<2]))
            let category = categoryConstraint(settings, head, imageUnit.values, textUnit.values, batch.pairs, labels)
            let weights: (pair: Float, category: Float), uncertainties: [Matrix], constant: Float
            switch settings.balance {
            case .fixed(let share): (weights, uncertainties, constant) = ((1 - share, share), [], 0)
            case .adaptive:
                let (first, second) = (extras[2][0, 0], extras[3][0, 0])
                weights = (expf(-first), expf(-second))
                constant = first + second
                uncertainties = [1 - weights.pair * pair.loss, 1 - weights.category * category.loss].map {
                    Matrix(rows: 1, columns: 1, values: [$0])
                }
            }
            return (
                weights.pair * pair.loss + weights.category * category.loss + constant,
                imageUnit.backward(pair.images.scaled(weights.pair).adding(category.images.scaled(weights.category))),
                textUnit.backward(pair.sheets.scaled(weights.pair).adding(category.sheets.scaled(weights.category))),
                category.head.map { $0.scaled(weights.category) } + uncertainties, []
            )
        }
    }

    /// The fine stage: stage 2, and the same choice of partners by parts (`PartAlignment`), in the same encoders.
    static func fine(_ settings: TrainingSettings, categories: Matrix, parts: PartFeatures) -> StageRunner.Objective {
        let coarse = stage2(settings, categories: categories)
        return { batch, encoders, images, texts, extras in
            var result = coarse(batch, encoders, images, texts, extras)
            let regions = parts.images.gathering(batch.images), fragments = parts.texts.gathering(batch.sheets)
            let regionPass = encoders.image.forward(regions.values), fragmentPass = encoders.text.forward(fragments.values)
            let regionUnit = UnitRows(regionPass.code), fragmentUnit = UnitRows(fragmentPass.code)
            let alignment = PartAlignment(
                regions: regions.replacing(regionUnit.values), fragments: fragments.replacing(fragmentUnit.values))
            let choice = SimilarityLoss.evaluate(similarities: alignment.scores, pairs: batch.pairs, temperature: settings.temperature)
            let gradient = alignment.backward(choice.gradient)
            result.loss += choice.loss
            result.encoders =
                encoders.image.backward(regionPass, regionUnit.backward(gradient.regions))
                + encoders.text.backward(fragmentPass, fragmentUnit.backward(gradient.fragments))
            return result
        }
    }

    private static func categoryConstraint(
        _ settings: TrainingSettings, _ head: CategoryHead, _ images: Matrix, _ sheets: Matrix, _ pairs: Matrix, _ labels: Matrix
    ) -> (loss: Float, images: Matrix, sheets: Matrix, head: [Matrix]) {
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
            zip(image.parameters, text.parameters).map { $0.adding($1) }
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
