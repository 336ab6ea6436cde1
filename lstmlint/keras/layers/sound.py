"""Layers that turn a wave into a spectrogram."""

from __future__ import annotations

from ...dims import ANY, Dim, Role
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import InputSpec, Weight, is_known
from ..spec import Outcome, Use, layer
from .arguments import checks, layout, number, one_of, refuse, shown
from .windows import window


def _lengths(use: Use) -> None:
    fft, frame = number(use.value("fft_length")), number(use.value("sequence_length"))
    if fft is not None and frame and fft < frame:
        refuse(
            use, "sequence_length", f"at most fft_length={shown(fft)}",
            f"`fft_length` must be greater than or equal to `sequence_length`. Received: `sequence_length`={frame}, `fft_length`={fft}.",
        )  # fmt: skip


@layer("keras.layers.MelSpectrogram", constructor=_lengths)
def mel_spectrogram(use: Use) -> Outcome:
    """(batch, samples) becomes (batch, mel bins, frames); a single wave has no batch axis."""
    x, stride = use.tensor, use.size("sequence_stride")
    if x.shape.dims is None:
        return Outcome(x.with_shape(UNKNOWN_SHAPE), mask="destroy")
    if not x.shape.dims:
        use.refuse("rank", "(batch, samples)", "()", "tuple index out of range", exception="IndexError", shape=x.shape)
    single = len(x.shape.dims) == 1
    samples = x.shape[0 if single else 1]
    frames = samples if samples.is_none else (samples + stride + 1) // stride if stride.exact is not None else ANY
    bins = use.size("num_mel_bins").with_role(Role.FEATURE)
    made = Shape.of(*([] if single else [x.shape[0]]), bins, frames.with_role(Role.TIME))
    return Outcome(x.with_shape(made), mask="destroy")


def _frames(use: Use) -> None:
    frame, step, fft = (number(use.value(name)) for name in ("frame_length", "frame_step", "fft_length"))
    if frame is not None and step is not None and (step > frame or step < 1):
        refuse(
            use, "frame_step", f"from 1 to frame_length={shown(frame)}",
            f"`frame_step` should be a positive integer not greater than `frame_length`. Received frame_step={step}, frame_length={frame}",
        )  # fmt: skip
    if frame is not None and fft is not None and fft < frame:
        refuse(
            use, "fft_length", f"at least frame_length={shown(frame)}",
            f"`fft_length` should be not less than `frame_length`. Received fft_length={fft}, frame_length={frame}",
        )  # fmt: skip


def _next_power(length: Dim) -> Dim:
    return Dim(1 << (length.known - 1).bit_length()) if length.known is not None and length.known > 0 else ANY


@layer(
    "keras.layers.STFTSpectrogram", ndim=3,
    constructor=checks(
        _frames, one_of("mode", "log", "magnitude", "psd", "real", "imag", "angle", "stft"), one_of("scaling", None, "density", "spectrum"),
        one_of("padding", "valid", "same"), layout,
    ),
)  # fmt: skip
def stft_spectrogram(use: Use) -> Outcome:
    x, mode, expand = use.tensor, use.value("mode", "log"), use.flag("expand_dims")
    known = use.layout is not None and expand is not None and is_known(mode) and is_known(use.value("padding"))
    if x.shape.dims is None or not known:
        return Outcome(x.with_shape(UNKNOWN_SHAPE), weights_unknown="its arguments are not known", mask="destroy")
    last = use.layout == "channels_last"
    channels, samples = (x.shape[2], x.shape[1]) if last else (x.shape[1], x.shape[2])
    frame = use.size("frame_length")
    step = frame // 2 if use.value("frame_step") is None else use.size("frame_step")
    fft = _next_power(frame) if use.value("fft_length") in (None, 0) else use.size("fft_length")
    kernel = Shape.of(frame, 1, fft // 2 + 1)
    weights = [Weight("real_kernel", kernel)] if mode != "imag" else []
    weights += [Weight("imag_kernel", kernel)] if mode != "real" else []
    if channels.is_none:
        use.refuse(
            "undefined-axis", "a number of channels", str(x.shape), "unsupported operand type(s) for *: 'int' and 'NoneType'",
            exception="TypeError", shape=x.shape,
        )  # fmt: skip
    frequencies = (fft // 2 + 1) * (2 if mode == "stft" else 1)
    frames = window(use, samples, frame, step, Dim(1), use.value("padding"), x).with_role(Role.TIME)
    batch = x.shape[0]
    if expand:
        made = (
            Shape.of(batch, frames, frequencies, channels) if last else Shape.of(batch, channels, frames, frequencies)
        )
    else:
        made = (
            Shape.of(batch, frames, frequencies * channels) if last else Shape.of(batch, frequencies * channels, frames)
        )
    return Outcome(x.with_shape(made), weights, InputSpec(ndim=3), "destroy")
