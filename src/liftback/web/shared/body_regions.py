"""The places on the body that can be tapped: one list, from which picture, names and tests are made.

Left and right are the lifter's own. Paths are drawn in a box of 240 by 560 units; what lies on one side is drawn once,
on the viewer's right, and mirrored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise
BACK, FRONT = "back", "front"
WIDTH = 240
"""Units across; the middle of the body is at half of it."""


@dataclass(frozen=True, slots=True)
class Region:
    """One place: its id in forms, its name, the group it is listed under, and its path on each side that shows it."""

    id: str
    label: Words
    group: str
    shapes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One side of the body: what is drawn under the places (`outline`) and over them (`lines`)."""

    side: str
    name: Words
    outline: str
    lines: str
    viewer_left: Words
    viewer_right: Words


GROUPS: Mapping[str, Words] = {
    "back": _("Back and hips"),
    "legs": _("Legs and feet"),
    "up": _("Further up"),
}


def mirrored(path: str) -> str:
    """The path on the other side of the middle. It holds absolute commands with pairs of coordinates only."""
    if set(re.findall("[A-Za-z]", path)) - set("MLCZ"):
        raise ValueError(f"Only the commands M, L, C and Z can be mirrored: {path}")
    return re.sub(r"(-?[\d.]+) (-?[\d.]+)", lambda pair: f"{WIDTH - float(pair[1]):g} {pair[2]}", path)


HEAD = "M120 8 C137 8 146 21 145 37 C144 53 134 65 120 65 C106 65 96 53 95 37 C94 21 103 8 120 8 Z"
BELLY = (
    "M88 95 L152 95 C158 100 166 103 172 106 C168 120 166 136 167 152 C168 168 166 184 163 202 "
    "C160 216 162 232 166 248 "
    "C156 264 145 279 132 290 L108 290 C95 279 84 264 74 248 C78 232 80 216 77 202 C74 184 72 168 73 152 "
    "C74 136 72 120 68 106 C74 103 82 100 88 95 Z"
)
SPINE = "M120 100 L120 256 M88 128 C94 140 98 152 99 166 M152 128 C146 140 142 152 141 166"
CHEST = "M84 112 C96 116 108 117 116 115 M156 112 C144 116 132 117 124 115 M120 150 L120 222 M118 240 L122 240"
FIGURES = (
    Figure(BACK, pgettext_lazy("side of the body", "Back"), HEAD, SPINE, _("left"), _("right")),
    Figure(FRONT, _("Front"), f"{HEAD} {BELLY}", CHEST, _("right"), _("left")),
)

_NECK = "M104 70 C109 72 115 73 120 73 C125 73 131 72 136 70 C137 79 141 86 149 91 L91 91 C99 86 103 79 104 70 Z"
_UPPER_BACK = (
    "M88 95 L152 95 C158 100 166 103 172 106 C168 120 166 136 167 152 C168 168 167 184 164 198 L76 198 "
    "C73 184 72 168 73 152 C74 136 72 120 68 106 C74 103 82 100 88 95 Z"
)
_ARM = (
    "M177 108 C191 111 200 123 201 141 C202 157 205 171 209 187 C213 207 217 227 220 250 C222 264 223 276 223 290 "
    "C224 303 221 315 216 321 C211 325 205 321 204 311 C203 301 205 294 204 286 C201 266 196 246 190 228 "
    "C183 206 175 182 172 156 C171 138 173 122 177 108 Z"
)
_LOW_BACK_MIDDLE = "M104 202 L136 202 L136 262 C131 267 126 270 120 272 C114 270 109 267 104 262 Z"
_LOW_BACK_SIDE = "M140 202 L163 202 C160 214 160 228 163 240 C164 246 166 251 168 256 C160 260 150 262 140 263 Z"
_BUTTOCK = (
    "M122 276 C129 273 135 270 141 267 C151 266 161 264 170 260 C174 274 176 290 174 306 C172 318 162 326 148 327 "
    "C136 328 126 322 122 312 Z"
)
_SADDLE_BACK = (
    "M120 318 C123 325 128 330 135 331 C132 340 127 346 120 347 C113 346 108 340 105 331 C112 330 117 325 120 318 Z"
)
_SADDLE_FRONT = (
    "M109 294 L131 294 C134 306 136 316 136 325 C133 338 127 346 120 347 C113 346 107 338 104 325 "
    "C104 316 106 306 109 294 Z"
)
_THIGH_BACK = (
    "M139 333 C151 332 165 329 174 317 C177 341 175 367 169 393 C167 403 165 408 164 412 L129 412 "
    "C127 394 124 372 123 351 "
    "C130 348 136 342 139 333 Z"
)
_THIGH_FRONT = (
    "M140 326 C152 323 166 316 177 307 C179 334 176 365 170 393 C168 403 166 408 165 412 L129 412 "
    "C127 394 124 372 123 351 "
    "C131 346 138 338 140 326 Z"
)
_CALF = (
    "M129 417 L163 417 C168 434 168 452 163 470 C159 484 156 496 155 508 L135 508 C134 494 131 478 128 462 "
    "C125 446 126 432 129 417 Z"
)
_SHIN = (
    "M130 417 L163 417 C166 434 165 452 161 470 C158 484 156 496 155 508 L136 508 C134 494 132 478 130 462 "
    "C128 446 128 432 130 417 Z"
)
_HEEL = (
    "M135 513 L155 513 C156 520 158 526 162 532 C165 538 160 543 152 543 L138 543 C132 543 130 537 132 531 "
    "C134 525 135 519 135 513 Z"
)
_FOOT = (
    "M136 513 L155 513 C158 522 166 530 170 538 C172 544 167 548 158 548 L140 548 C134 548 132 541 133 533 "
    "C134 525 135 519 136 513 Z"
)
_HIP = "M168 253 C173 268 176 284 176 302 C164 311 151 317 139 320 C138 311 137 303 135 295 C147 284 158 269 168 253 Z"


def _seen_from(*, back: str = "", front: str = "") -> Mapping[str, str]:
    """What lies on the lifter's right: on the viewer's right from behind, on the viewer's left from the front."""
    shapes = {BACK: back, FRONT: mirrored(front) if front else ""}
    return {side: path for side, path in shapes.items() if path}


def _pair(name: str, labels: tuple[Words, Words], group: str, shapes: Mapping[str, str]) -> list[Region]:
    """A place on the left and the same on the right."""
    return [
        Region(f"{name}_left", labels[0], group, {side: mirrored(path) for side, path in shapes.items()}),
        Region(f"{name}_right", labels[1], group, shapes),
    ]


_LOW_LEFT, _LOW_RIGHT = _pair(
    "low_back", (_("Low back, left"), _("Low back, right")), "back", _seen_from(back=_LOW_BACK_SIDE)
)
REGIONS: tuple[Region, ...] = (
    _LOW_LEFT,
    Region("low_back_middle", _("Low back, middle"), "back", {BACK: _LOW_BACK_MIDDLE}),
    _LOW_RIGHT,
    *_pair("buttock", (_("Buttock, left"), _("Buttock, right")), "back", _seen_from(back=_BUTTOCK)),
    *_pair("hip", (_("Hip or groin, left"), _("Hip or groin, right")), "back", _seen_from(front=_HIP)),
    Region("saddle", _("Between the legs"), "back", {BACK: _SADDLE_BACK, FRONT: _SADDLE_FRONT}),
    *_pair("thigh_back", (_("Back of thigh, left"), _("Back of thigh, right")), "legs", _seen_from(back=_THIGH_BACK)),
    *_pair(
        "thigh_front", (_("Front of thigh, left"), _("Front of thigh, right")), "legs", _seen_from(front=_THIGH_FRONT)
    ),
    *_pair("calf", (_("Calf, left"), _("Calf, right")), "legs", _seen_from(back=_CALF)),
    *_pair("shin", (_("Shin, left"), _("Shin, right")), "legs", _seen_from(front=_SHIN)),
    *_pair("foot", (_("Foot, left"), _("Foot, right")), "legs", _seen_from(back=_HEEL, front=_FOOT)),
    Region("upper_back", _("Upper back"), "up", {BACK: _UPPER_BACK}),
    Region("neck", _("Neck"), "up", {BACK: _NECK, FRONT: _NECK}),
    Region("arms", _("Arms"), "up", {side: f"{_ARM} {mirrored(_ARM)}" for side in (BACK, FRONT)}),
)
IDS = tuple(region.id for region in REGIONS)
