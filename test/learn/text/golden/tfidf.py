"""Writes tfidf.json beside it: TF-IDF by scikit-learn 1.9.1, all digits. Run with that version installed."""

import json
import pathlib

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer

TEXTS = [
    "Push the image to the registry, then pull it: docker push, docker pull",
    "Größe und STRASSE, ΑΣ ΣΑΣ, İstanbul, naïve cafe\u0301 — docker, don't",
    "",
    "helm chart; helm Chart, HELM! x y z 42 _ __ snake_case 𝒜𝓫 \U00010400\U00010401 \uff41\uff42",
    "one registry, one image, one chart",
]
CONFIGS = [
    {"sublinear_tf": True},
    {"ngram_range": (1, 3), "norm": "l1", "smooth_idf": False},
    {"binary": True, "min_df": 2, "norm": None},
    {"ngram_range": (2, 2), "stop_words": "english", "lowercase": False},
]


def fit(params):
    vectorizer = TfidfVectorizer(**params)
    matrix = vectorizer.fit_transform(TEXTS).tocsr()
    matrix.sort_indices()
    return {
        "params": params,
        "terms": vectorizer.get_feature_names_out().tolist(),
        "idf": vectorizer.idf_.tolist(),
        "indptr": matrix.indptr.tolist(),
        "indices": matrix.indices.tolist(),
        "values": matrix.data.tolist(),
    }


assert sklearn.__version__ == "1.9.1"
golden = {"texts": TEXTS, "fits": [fit(params) for params in CONFIGS]}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
