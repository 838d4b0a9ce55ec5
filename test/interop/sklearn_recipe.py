"""The study's recipe in scikit-learn, from the raw questions on: what our stages are compared with.

python sklearn_recipe.py QUESTIONS.jsonl.gz TRAIN_FROM TRAIN_TO WATCH_FROM WATCH_TO [MIN_SUPPORT]

Prints JSON: micro F1 by month and over all watched months, over the known tags and over all true ones.
"""

import collections
import gzip
import html
import json
import re
import sys

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC


def month_of(question):
    return question["creationDate"][:7]


def text_of(question):
    """Title and text, without code blocks."""
    body = re.sub(r"<pre[^>]*>.*?</pre>", " ", question["body"], flags=re.S)
    return html.unescape(question["title"]) + " " + html.unescape(re.sub(r"<[^>]+>", " ", body))


def covering_tags(questions, coverage, min_support):
    """The fewest tags with so large a share of all occurrences, and of those the ones with so many questions; of
    equally frequent ones the first by name."""
    counts = collections.Counter(tag for question in questions for tag in question["tags"])
    kept, covered = [], 0
    for tag, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if covered >= coverage * sum(counts.values()) or count < min_support:
            break
        kept.append(tag)
        covered += count
    return kept


def main(path, train_from, train_to, watch_from, watch_to, min_support=1):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        questions = [json.loads(line) for line in lines]
    train = [question for question in questions if train_from <= month_of(question) <= train_to]
    watched = [question for question in questions if watch_from <= month_of(question) <= watch_to]

    known = set(covering_tags(train, 0.9, int(min_support)))
    binarizer = MultiLabelBinarizer(classes=sorted(known))

    def labels_of(some):
        return binarizer.fit_transform([[tag for tag in question["tags"] if tag in known] for question in some])

    vectorizer = TfidfVectorizer(sublinear_tf=True, min_df=2, stop_words="english", max_features=20000)
    features = vectorizer.fit_transform([text_of(question) for question in train])
    model = OneVsRestClassifier(LinearSVC(C=1, random_state=0)).fit(features, labels_of(train))

    true = labels_of(watched)
    predicted = model.predict(vectorizer.transform([text_of(question) for question in watched]))
    unknown = np.array([sum(tag not in known for tag in question["tags"]) for question in watched])
    months = np.array([month_of(question) for question in watched])

    def scores_of(rows):
        """A tag that is not known cannot be predicted: over all true tags it is missed."""
        hits = int((true[rows] & predicted[rows]).sum())
        given = int(true[rows].sum() + predicted[rows].sum())
        return {
            "f1_micro": f1_score(true[rows], predicted[rows], average="micro"),
            "f1_micro_all_tags": 2 * hits / (given + int(unknown[rows].sum())),
        }

    by_month = {str(month): scores_of(months == month) for month in sorted(set(months))}
    total = scores_of(np.full(len(months), True))
    print(json.dumps({"tags": len(known), "terms": features.shape[1], **total, "months": by_month}))


main(*sys.argv[1:])
