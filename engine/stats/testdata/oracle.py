#!/usr/bin/env python3
"""Writes oracle.json: statistics of random columns by numpy and scipy, an implementation that shares
nothing with this one. Run it where python3-scipy is installed: python3 oracle.py > oracle.json"""
import json
import numpy as np
from scipy import stats

rng = np.random.default_rng(7)
out = []
for case in range(12):
    n, k = int(rng.integers(5, 60)), int(rng.integers(2, 6))
    common = rng.normal(size=n)
    columns = []
    for c in range(k):
        x = common * rng.normal() + rng.normal(size=n)
        if case % 3 == 0:
            x = np.round(x)  # ties
        if case % 3 == 1:
            x = np.exp(x) * 1e6
        x = x.astype(float)
        if case % 2:
            x[rng.random(n) < 0.15] = np.nan
        columns.append(x)
    def both(a, b):
        keep = ~np.isnan(a) & ~np.isnan(b)
        return a[keep], b[keep]
    pairs = []
    for i in range(k):
        for j in range(i):
            a, b = both(columns[i], columns[j])
            pairs.append({"pearson": float(stats.pearsonr(a, b)[0]), "spearman": float(stats.spearmanr(a, b)[0]), "kendall": float(stats.kendalltau(a, b)[0])})
    total = off = 0.0
    for i in range(k):
        for j in range(k):
            a, b = both(columns[i], columns[j])
            c = float(np.cov(a, b, ddof=1)[0, 1]) if i != j else float(np.var(a, ddof=1))
            total += c
            off += c if i != j else 0.0
    alpha = k * k * (off / (k * (k - 1))) / total
    m = np.array(columns)
    m = m[:, ~np.isnan(m).any(axis=0)]
    values, vectors = np.linalg.eigh(np.corrcoef(m))
    order = np.argsort(values)[::-1]
    loadings = []
    for at in order:
        v = vectors[:, at]
        if v[np.argmax(np.abs(v))] < 0:
            v = -v
        loadings.append([float(x) for x in v])
    nodes = []
    for x in columns:
        x = x[~np.isnan(x)]
        nodes.append({"mean": float(np.mean(x)), "median": float(np.median(x)), "sd": float(np.std(x, ddof=1)),
                      "skew": float(stats.skew(x, bias=False)), "kurtosis": float(stats.kurtosis(x, bias=False)), "distinct": len(set(x.tolist()))})
    out.append({"columns": [[None if np.isnan(v) else float(v) for v in x] for x in columns], "nodes": nodes, "pairs": pairs, "alpha": float(alpha),
                "eigenvalues": [float(values[at]) for at in order], "loadings": loadings})
print(json.dumps(out))
