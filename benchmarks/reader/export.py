"""Export the trained reader to ONNX in int8 (needs torch, onnx, onnxruntime; not newsledger).

    python benchmarks/reader/export.py MODEL.pt WINDOWS.jsonl READER.onnx

Prints the size, and how far the log-odds of the int8 model lie from those of the trained one.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from train import Reader, pad

SAMPLE = 24  # windows that the two models are compared on


def main(state: Path, windows: Path, out: Path) -> None:
    """Export, quantize, compare."""
    with windows.open(encoding="utf-8") as handle:
        header, *rows = [json.loads(next(handle)) for _ in range(SAMPLE + 1)]
    model = Reader(header["fact_sizes"])
    model.load_state_dict(torch.load(state, weights_only=True))
    model.eval()
    batch = pad(rows, "ids", 0), pad(rows, "facts", 0)
    axes = {"ids": {0: "windows", 1: "pieces"}, "facts": {0: "windows", 1: "pieces"}}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            model,
            batch,
            str(plain),
            input_names=["ids", "facts"],
            output_names=["logits"],
            dynamic_axes={**axes, "logits": {0: "windows", 1: "pieces"}},
            opset_version=17,
            dynamo=False,
        )
        # one scale for a whole matrix moves 6 of 100 tags, one a channel 1 of 100
        quantize_dynamic(plain, out, weight_type=QuantType.QInt8, per_channel=True)
    session = onnxruntime.InferenceSession(str(out), providers=["CPUExecutionProvider"])
    small = session.run(None, {"ids": batch[0].numpy(), "facts": batch[1].numpy()})[0]
    with torch.no_grad():
        large = model(*batch).numpy()
    known = batch[0].numpy() > 0
    same = (small[..., :5].argmax(-1) == large[..., :5].argmax(-1))[known].mean()
    apart = np.abs(small - large)[known].mean()
    print(f"{os.path.getsize(out) / 1e6:.1f} MB; mean difference {apart:.3f}; same tag {same:.4f}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
