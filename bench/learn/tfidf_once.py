"""Fits TfidfVectorizer once: `tfidf_once.py DIRECTORY LARGEST`. Prints and writes what tfidf-once.ts does."""

import json
import resource
import sys
import time

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


directory, largest = sys.argv[1], int(sys.argv[2])
with open(f"{directory}/texts.json", encoding="utf-8") as file:
    texts = json.load(file)
vectorizer = TfidfVectorizer(ngram_range=(1, largest))
before, started = cpu(), time.perf_counter()
matrix = vectorizer.fit_transform(texts)
wall = time.perf_counter() - started
spent = cpu() - before
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"cpuMs": spent * 1000, "wallMs": wall * 1000, "peakBytes": peak}))

matrix.sort_indices()
with open(f"{directory}/theirs.terms", "w", encoding="utf-8") as file:
    file.write("\n".join(vectorizer.get_feature_names_out()))
for name, array, kind in (
    ("indptr", matrix.indptr, np.uint32),
    ("indices", matrix.indices, np.uint32),
    ("values", matrix.data, np.float64),
):
    array.astype(kind).tofile(f"{directory}/theirs.{name}")
