"""Render a scene with Mitsuba 3: radiance, guides for the denoiser, disparity, probe."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from tools.bake.mesh import disc, merged
from tools.bake.scene import EYE, PERSON, Finish
from vivant.engines.previz.sets.plate import PROBE_ALBEDO, PROBE_SIZE
from vivant.errors import MissingExtraError

if TYPE_CHECKING:
    from tools.bake.mesh import Array
    from tools.bake.scene import Scene

FOCAL = 1.857
"""Focal length in plate heights: 2.6 film heights, a 62 mm lens on 35 mm film, at overscan 1.4."""
ASPECT = 5 / 3
_BALL = 0.1
_FLIP = np.array([1.0, 1.0, -1.0])
"""Our d runs away from the camera, Mitsuba's z towards it."""
_ROUGHNESS = {"satin": 0.45, "gloss": 0.18, "wet": 0.1, "metal": 0.32}
_LLVM = ("/usr/lib/x86_64-linux-gnu/libLLVM.so.19.1", "/usr/lib/llvm-19/lib/libLLVM.so")


@dataclass(frozen=True, eq=False)
class Rendered:
    """What the renderer gives. All ``(h, w, ...)``; depth is 0 where the ray leaves the set."""

    radiance: Array
    albedo: Array
    normals: Array
    depth: Array
    probe: Array


@lru_cache(maxsize=1)
def renderer() -> Any:
    """Mitsuba in its fastest variant that runs here: LLVM where a good LLVM is, else scalar."""
    for library in _LLVM:
        if Path(library).exists():
            os.environ.setdefault("DRJIT_LIBLLVM_PATH", library)
    try:
        import mitsuba
    except ImportError as error:
        raise MissingExtraError(
            "Baking plates needs Mitsuba 3, which is not installed.",
            mend="pip install 'vivant[bake]'",
        ) from error
    # Dr.Jit takes whatever LLVM it finds; Debian's 14 and 15 crash it.
    fast = "DRJIT_LIBLLVM_PATH" in os.environ
    mitsuba.set_variant("llvm_ad_rgb" if fast else "scalar_rgb")
    if fast:
        import drjit

        drjit.set_thread_count(2)
    return mitsuba


def render(scene: Scene, height: int, samples: int, seed: int) -> Rendered:
    """Path trace a scene ``height`` pixels high with ``samples`` paths a pixel."""
    mi = renderer()
    width = round(height * ASPECT)
    wide = float(np.degrees(2 * np.arctan(ASPECT / 2 / FOCAL)))
    shapes = _shapes(scene)
    path = {"type": "path", "max_depth": 5}
    guided = {"type": "aov", "aovs": "a:albedo,n:sh_normal", "image": path}
    world = mi.load_dict(
        {"type": "scene", "integrator": guided, **shapes, "camera": _camera(width, height, wide)}
    )
    layers = np.array(mi.render(world, spp=samples, seed=seed), np.float64)
    depth = _depth(world, width, height)
    ball = {
        "type": "sphere", "center": [0, EYE, -PERSON], "radius": _BALL,
        "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": PROBE_ALBEDO}},
    }  # fmt: skip
    tight = float(np.degrees(2 * np.arcsin(_BALL / PERSON)))
    lit = mi.load_dict(
        {
            "type": "scene", "integrator": path, **shapes, "probe": ball,
            "camera": _camera(PROBE_SIZE, PROBE_SIZE, tight),
        }
    )  # fmt: skip
    probe = np.array(mi.render(lit, spp=128, seed=seed + 1), np.float64)[..., :3]
    clean = np.nan_to_num(layers, nan=0.0, posinf=100.0)
    return Rendered(
        np.clip(clean[..., :3], 0, 400), clean[..., -6:-3], clean[..., -3:], depth,
        np.clip(np.nan_to_num(probe), 0, 100),
    )  # fmt: skip


def _depth(world: Any, width: int, height: int) -> Array:
    """Depth along d through each pixel's middle: sharp, where averaged samples would mix."""
    mi = renderer()
    x = ((np.arange(width) + 0.5) / width - 0.5) * ASPECT / FOCAL
    y = (0.5 - (np.arange(height) + 0.5) / height) / FOCAL
    gx, gy = np.meshgrid(x, y)
    rays = np.stack([gx, gy, -np.ones_like(gx)], -1).reshape(-1, 3)
    length = np.linalg.norm(rays, axis=1)
    unit = rays / length[:, None]
    if mi.variant().startswith("llvm"):
        ray = mi.Ray3f(
            mi.Point3f(0, EYE, 0), mi.Vector3f(*(mi.Float(c.astype(np.float32)) for c in unit.T))
        )
        hit = world.ray_intersect_preliminary(ray)
        far = np.where(np.array(hit.is_valid()), np.array(hit.t), np.inf)
    else:
        hits = (world.ray_intersect_preliminary(mi.Ray3f([0, EYE, 0], u)) for u in unit)
        far = np.array([h.t if h.is_valid() else np.inf for h in hits])
    along = np.where(np.isfinite(far), far / length, 0.0)
    return np.asarray(along.reshape(height, width), np.float64)


def _camera(width: int, height: int, field_of_view: float) -> dict[str, Any]:
    mi = renderer()
    look = mi.ScalarTransform4f().look_at([0, EYE, 0], [0, EYE, -1], [0, 1, 0])
    film = {
        "type": "hdrfilm", "width": width, "height": height, "pixel_format": "rgb",
        "rfilter": {"type": "box"},
    }  # fmt: skip
    return {"type": "perspective", "fov": field_of_view, "to_world": look, "film": film}


def _shapes(scene: Scene) -> dict[str, Any]:
    """The set for Mitsuba, always of the same kinds of parts, so that its kernels are reused."""
    shapes = {f"solid_{finish}": _solid(scene, finish) for finish in get_args(Finish)}
    sky = np.zeros((2, 4, 3)) + 1e-6 if scene.sky is None else scene.sky
    towards, irradiance = ((0, 1, 0), 1e-6) if scene.sun is None else scene.sun
    # Mitsuba's map begins straight ahead; ours has the view's middle in its own middle.
    turned = np.ascontiguousarray(np.roll(sky, sky.shape[1] // 2, axis=1), np.float32)
    return {
        **shapes,
        "sky": {"type": "envmap", "bitmap": renderer().Bitmap(turned), "scale": 1.0},
        "sun": {
            "type": "directional",
            "direction": [float(-v) for v in np.asarray(towards, float) * _FLIP],
            "irradiance": {
                "type": "rgb", "value": [float(v) for v in np.broadcast_to(irradiance, 3)],
            },
        },
    }  # fmt: skip


def _solid(scene: Scene, finish: Finish) -> Any:
    """All parts of one finish as one mesh; a speck out of sight where there are none."""
    mi = renderer()
    speck = (disc((0, -500, 0), (0, 1, 0), 0.01, 3), np.full((4, 3), 0.01))
    parts = scene.solids.get(finish, [speck])
    mesh = merged([m for m, _ in parts])
    colours = np.concatenate([c for _, c in parts])
    tint = {"type": "mesh_attribute", "name": "vertex_color"}
    props = mi.Properties()
    if finish in ("glow", "lamp"):
        props["emitter"] = mi.load_dict({"type": "area", "radiance": tint})
    else:
        props["bsdf"] = mi.load_dict({"type": "twosided", "bsdf": _surface(finish, tint)})
    solid = mi.Mesh(finish, len(mesh.points), len(mesh.faces), has_vertex_normals=True, props=props)
    solid.add_attribute("vertex_color", 3, colours.astype(np.float32).ravel())
    inside = mi.traverse(solid)
    inside["vertex_positions"] = (mesh.points * _FLIP).astype(np.float32).ravel()
    inside["vertex_normals"] = (mesh.normals * _FLIP).astype(np.float32).ravel()
    inside["faces"] = mesh.faces.astype(np.uint32).ravel()
    inside.update()
    return solid


def _surface(finish: str, tint: dict[str, Any]) -> dict[str, Any]:
    if finish == "matte":
        return {"type": "diffuse", "reflectance": tint}
    return {
        "type": "principled", "base_color": tint, "roughness": _ROUGHNESS[finish],
        "metallic": 1.0 if finish == "metal" else 0.0,
        "specular": 0.9 if finish == "wet" else 0.5,
    }  # fmt: skip
