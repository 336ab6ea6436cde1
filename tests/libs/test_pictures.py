"""OpenCV and Pillow: the shape of every picture, as the libraries themselves make it where they are installed."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.runner import Options, check_bytes
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import Array

OPENCV = """
import cv2
import numpy as np
grey, one, colour = (np.zeros((40, 60), "uint8"), np.zeros((40, 60, 1), "uint8"), np.zeros((40, 60, 3), "uint8"))
floats = np.zeros((40, 60, 4), "float32")
"""
OF_OPENCV = {
    "cv2.resize(colour, (10, 20))": (20, 10, 3),
    "cv2.resize(grey, dsize=(10, 20), interpolation=cv2.INTER_AREA)": (20, 10),
    "cv2.resize(one, (10, 20))": (20, 10),
    "cv2.resize(floats, (10, 20))": (20, 10, 4),
    "cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY)": (40, 60),
    "cv2.cvtColor(colour, cv2.COLOR_BGR2RGB)": (40, 60, 3),
    "cv2.cvtColor(colour, cv2.COLOR_RGB2BGRA)": (40, 60, 4),
    "cv2.cvtColor(colour, cv2.COLOR_BGR2HSV)": (40, 60, 3),
    "cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)": (40, 60, 3),
    "cv2.cvtColor(cv2.resize(floats, (8, 9)), cv2.COLOR_BGRA2GRAY)": (9, 8),
    "cv2.GaussianBlur(one, (3, 3), 0)": (40, 60),
    "cv2.flip(colour, 1)": (40, 60, 3),
    "cv2.threshold(colour, 127, 255, cv2.THRESH_BINARY)[1]": (40, 60, 3),
    "cv2.Canny(colour, 1, 2)": (40, 60),
    "cv2.inRange(colour, (0, 0, 0), (9, 9, 9))": (40, 60),
    "cv2.equalizeHist(grey)": (40, 60),
    "cv2.normalize(colour, None, 0, 1, cv2.NORM_MINMAX)": (40, 60, 3),
    "cv2.warpAffine(colour, np.eye(2, 3), (10, 20))": (20, 10, 3),
    "cv2.split(colour)[1]": (40, 60),
    "cv2.addWeighted(colour, 0.5, colour, 0.5, 0)": (40, 60, 3),
    "cv2.rectangle(colour, (1, 1), (5, 5), (255, 0, 0), 2)": (40, 60, 3),
    "cv2.resize(colour, (10, 20))[2:12, :5]": (10, 5, 3),
    "np.expand_dims(cv2.resize(grey, (10, 20)), -1) / 255.0": (20, 10, 1),
}
PILLOW = """
import numpy as np
from PIL import Image, ImageOps
colour = Image.new("RGB", (60, 40))
"""
OF_PILLOW = {
    "colour": (40, 60, 3),
    "Image.new('L', (60, 40))": (40, 60),
    "Image.new('RGBA', (60, 40)).resize((10, 20))": (20, 10, 4),
    "colour.resize((10, 20)).convert('L')": (20, 10),
    "colour.convert('L').convert('RGB')": (40, 60, 3),
    "colour.convert('LA')": (40, 60, 2),
    "colour.crop((1, 2, 11, 22))": (20, 10, 3),
    "colour.rotate(30)": (40, 60, 3),
    "colour.transpose(Image.FLIP_LEFT_RIGHT)": (40, 60, 3),
    "colour.transpose(Image.ROTATE_90)": (60, 40, 3),
    "ImageOps.grayscale(colour)": (40, 60),
    "ImageOps.fit(colour, (5, 7))": (7, 5, 3),
    "ImageOps.mirror(colour.copy())": (40, 60, 3),
    "Image.fromarray(np.zeros((4, 5, 3), 'uint8')).resize((8, 9))": (9, 8, 3),
    "np.zeros(colour.size)": (60, 40),
    "np.zeros((colour.width, colour.height))": (60, 40),
}
CASES = [
    pytest.param(head, text, shape, id=text)
    for head, cases in ((OPENCV, OF_OPENCV), (PILLOW, OF_PILLOW))
    for text, shape in cases.items()
]


def shape_of(program: str) -> str:
    found = follow(parse(Source("program.py", program))).ways[0].names["found"]
    assert isinstance(found, Array)
    return str(found.shape)


@pytest.mark.parametrize(("head", "text", "shape"), CASES)
def test_a_picture_has_this_shape(head: str, text: str, shape: tuple[int, ...]) -> None:
    assert shape_of(f"{head}found = np.array({text})\n") == str(shape)


@pytest.mark.parametrize(("head", "text", "shape"), CASES)
def test_the_library_says_the_same(head: str, text: str, shape: tuple[int, ...]) -> None:
    pytest.importorskip("cv2" if head is OPENCV else "PIL")
    np = pytest.importorskip("numpy")
    names: dict[str, object] = {}
    exec(head, names)
    assert np.array(eval(text, names)).shape == shape


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "I", "F"])
def test_the_pixels_of_a_mode_are_numbers_of_its_kind(mode: str) -> None:
    program = f"import numpy as np\nfrom PIL import Image\nfound = np.array(Image.new({mode!r}, (6, 4)))\n"
    found = follow(parse(Source("program.py", program))).ways[0].names["found"]
    assert isinstance(found, Array)
    kinds = {"1": ("bool", None), "I": ("int", 32), "F": ("float", 32)}
    assert (found.dtype, found.bits) == kinds.get(mode, ("int", 8))
    assert (found.high == 255) is (mode not in kinds)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("cv2.resize(cv2.imread(path), (8, 9))", "(9, 8, 3)"),
        ("cv2.resize(cv2.imread(path, 0), (8, 9))", "(9, 8)"),
        ("cv2.resize(cv2.imread(path, cv2.IMREAD_GRAYSCALE), (8, 9))", "(9, 8)"),
        ("cv2.cvtColor(cv2.resize(cv2.imread(path, -1), (8, 9)), cv2.COLOR_BGR2RGB)", "(?, ?, 3)"),
        ("cv2.resize(cv2.VideoCapture(path).read()[1], (8, 9))", "(9, 8, 3)"),
        ("np.array(Image.open(path).resize((8, 9)).convert('RGB'))", "(9, 8, 3)"),
        ("np.array(Image.open(path).convert('L').resize((8, 9)))", "(9, 8)"),
        ("np.array(Image.open(path).resize((8, 9)))", "(?)"),
    ],
)
def test_what_is_known_of_a_file(text: str, shape: str) -> None:
    head = "import sys, cv2\nimport numpy as np\nfrom PIL import Image\npath = sys.argv[1]\n"
    assert shape_of(f"{head}found = {text}\n") == shape


GREY = """
import os
import cv2
import keras
import numpy as np

pictures, labels = [], []
for name in os.listdir("faces"):
    picture = cv2.imread(os.path.join("faces", name), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        continue
    pictures.append(cv2.resize(picture, SIZE))
    labels.append(name.startswith("smile"))
X = np.array(pictures) / 255.0
y = np.array(labels)
model = keras.Sequential([keras.Input((48, 64, 1)), keras.layers.Conv2D(8, 3), keras.layers.Flatten(), keras.layers.Dense(1, "sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(X[..., np.newaxis], y)
"""


@pytest.mark.parametrize(("size", "codes"), [("(64, 48)", []), ("(64, 40)", ["DAT005"])])
def test_grey_pictures_meet_the_model(size: str, codes: list[str]) -> None:
    found = check_bytes(GREY.replace("SIZE", size).encode(), "program.py", Options()).findings
    assert [f.code for f in found if f.severity == "error"] == codes
