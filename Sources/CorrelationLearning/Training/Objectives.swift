import LinearAlgebra

/// The losses of the two stages over one batch, with their gradients.
enum Objectives {
    /// Stage 1 (CCL 3.1): `(1 - lambda) reconstruction + lambda correlation`. Extras: the image decoder, then the text decoder.
    static func stage1(lambda: Float) -> StageRunner.Objective {
        { batch, images, texts, extras in
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
                (image.parameters + text.parameters).map { $0.scaled(share) }
            )
        }
    }

    /// Stage 2 (CCL 3.2): pairwise similarity plus the category constraint, where categories are known.
    ///
    /// `categories` is `sheets x classes`, a zero row for a sheet without one. Extras: the head that both modalities share.
    static func stage2(temperature: Float, categoryWeight: Float, categories: Matrix) -> StageRunner.Objective {
        { batch, images, texts, extras in
            let imageUnit = UnitRows(images.code), textUnit = UnitRows(texts.code)
            let similarity = SimilarityLoss.evaluate(
                images: imageUnit.values, sheets: textUnit.values, pairs: batch.pairs, temperature: temperature)
            guard !extras.isEmpty else {
                return (similarity.loss, imageUnit.backward(similarity.images), textUnit.backward(similarity.sheets), [])
            }
            let head = CategoryHead(parameters: extras)
            let labels = categories.gathering(batch.sheets)
            let image = head.loss(code: imageUnit.values, targets: Matrix.product(batch.pairs, labels))
            let text = head.loss(code: textUnit.values, targets: labels.scalingRows(batch.pairs.columnSums))
            return (
                similarity.loss + categoryWeight * (image.loss + text.loss),
                imageUnit.backward(similarity.images.adding(image.code.scaled(categoryWeight))),
                textUnit.backward(similarity.sheets.adding(text.code.scaled(categoryWeight))),
                zip(image.parameters, text.parameters).map { $0.adding($1).scaled(categoryWeight) }
            )
        }
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
