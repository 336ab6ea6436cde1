"""Layers that leave the shape as it is, in words: dropout, normalization, masks."""

from __future__ import annotations

from .subject import Explanation, Subject, explains, named


@explains("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout", "GaussianDropout")
def dropout(subject: Subject) -> Explanation:
    rate = subject.value("rate")
    share = f"{float(rate):.0%}" if isinstance(rate, (int, float)) else "a share"
    what = "of its channels, whole," if subject.layer.class_name.startswith("Spatial") else "of its inputs"
    return Explanation(
        [f"While training it sets {share} {what} to 0 at random and makes the rest larger; in predict it does nothing."]
    )


@explains("BatchNormalization")
def batch_normalization(subject: Subject) -> Explanation:
    return Explanation(
        [
            f"For each of the {named(subject.shape.get(-1))} features it subtracts the mean and divides by the deviation: in training those of the batch, in predict running ones."
        ],
        {
            "gamma": "what each feature is multiplied by afterwards",
            "beta": "what is added to each feature afterwards",
            "moving_mean": "the running mean, counted along but not trained",
            "moving_variance": "the running variance, counted along but not trained",
        },
    )


@explains("LayerNormalization")
def layer_normalization(subject: Subject) -> Explanation:
    return Explanation(
        [
            f"For each row on its own it subtracts the mean of its {named(subject.shape.get(-1))} features and divides by their deviation: other rows don't matter."
        ],
        {"gamma": "what each feature is multiplied by afterwards", "beta": "what is added to each feature afterwards"},
    )


@explains("Masking")
def masking(subject: Subject) -> Explanation:
    value = subject.value("mask_value", 0.0)
    return Explanation(
        [
            f"Steps whose features all are {value} count as padding: layers that know masks skip them. The numbers stay as they are."
        ]
    )


@explains("GaussianNoise")
def noise(subject: Subject) -> Explanation:
    return Explanation(["While training it adds random noise; in predict it does nothing."])
