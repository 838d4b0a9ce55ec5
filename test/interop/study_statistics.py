"""A study's scores and drift again, by scikit-learn and scipy, from what its model says of the questions.

python study_statistics.py PROJECT PREDICTIONS.json

Prints JSON: how many numbers were compared, and those that differ most.
"""

import csv
import json
import math
import os
import sys
from collections import Counter

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import (
    accuracy_score,
    f1_score,
    hamming_loss,
    label_ranking_average_precision_score,
    multilabel_confusion_matrix,
    precision_recall_fscore_support,
    precision_score,
    recall_score,
    roc_auc_score,
)
from sklearn.preprocessing import MultiLabelBinarizer

compared = []


def check(what, ours, theirs):
    """Both none, or the same number; what has no number here is not a number there."""
    has_none = [value is None or math.isnan(value) for value in (ours, theirs)]
    if any(has_none):
        difference = 0 if all(has_none) else math.inf
    else:
        difference = abs(ours - theirs) / max(1, abs(theirs))
    compared.append((difference, what, ours, theirs))


def check_all(what, ours, theirs):
    for name, value in theirs.items():
        check(f"{what}: {name}", ours[name], None if value is None else float(value))


def read_json(path):
    with open(os.path.join(PROJECT, path), encoding="utf-8") as file:
        return json.load(file)


def read_months(months):
    questions = []
    for month in months:
        with open(os.path.join(PROJECT, f"data/clean/{month}.jsonl"), encoding="utf-8") as lines:
            questions += [json.loads(line) for line in lines]
    return questions


# Scores


def binarize(classes, rows):
    return MultiLabelBinarizer(classes=classes).fit_transform(rows)


def interval(value, error):
    low, high = stats.norm.interval(0.95, value, error)
    return max(0, low), min(1, high)


def micro_f1(true, predicted):
    """With its standard error: a ratio of sums over questions, linearised."""
    value = f1_score(true, predicted, average="micro")
    hits, whole = 2 * (true & predicted).sum(axis=1), true.sum(axis=1) + predicted.sum(axis=1)
    return value, stats.sem((hits - value * whole) / whole.mean())


def scores_of(classes, questions, said):
    """As `monthly` has them. Also what they are made of."""
    known = set(classes)
    tags = [set(question["tags"]) for question in questions]
    named = said["by_name"] or [[] for _ in tags]
    every = sorted(known.union(*tags, *named))
    given = [[classes[label] for label in row] for row in said["given"]]
    true, predicted = (binarize(classes, rows) for rows in ([row & known for row in tags], given))
    all_true, all_predicted = (
        binarize(every, rows) for rows in (tags, [a + b for a, b in zip(given, named)])
    )
    scores = np.array(said["scores"])
    value, error = micro_f1(true, predicted)
    low, high = interval(value, error)
    best = np.take_along_axis(true, np.argsort(-scores, axis=1, kind="stable"), axis=1)
    has_tags = true.sum(axis=1) > 0
    right = [len(row & set(names)) for row, names in zip(tags, named)]
    theirs = {
        "questions": len(questions),
        "f1_micro": value,
        "f1_micro_se": error,
        "f1_micro_low": low,
        "f1_micro_high": high,
        "f1_micro_all_tags": f1_score(all_true, all_predicted, average="micro"),
        "precision_micro": precision_score(true, predicted, average="micro"),
        "recall_micro": recall_score(true, predicted, average="micro"),
        "f1_macro": f1_score(true, predicted, average="macro", zero_division=0),
        "hamming_loss": hamming_loss(true, predicted),
        "subset_accuracy": accuracy_score(true, predicted),
        "lrap": label_ranking_average_precision_score(true, scores),
        **{f"precision_at_{k}": best[:, :k].mean() for k in (1, 3, 5)},
        "recall_at_5": (best[:, :5].sum(axis=1) / np.maximum(1, true.sum(axis=1)))[has_tags].mean(),
        "questions_with_known_tags": has_tags.sum(),
        "true_positives": (true & predicted).sum(),
        "false_positives": (predicted & ~true & 1).sum(),
        "false_negatives": (true & ~predicted & 1).sum(),
        "unknown_tags": sum(len(row - known) for row in tags),
        "named_true_positives": sum(right),
        "named_false_positives": sum(len(names) for names in named) - sum(right),
    }
    ideal = [(row & known) | set(names) for row, names in zip(tags, named)]
    ceiling = f1_score(all_true, binarize(every, ideal), average="micro")
    return theirs, {"true": true, "predicted": predicted, "ceiling": ceiling}


def counts_of(classes, true, predicted):
    """Of each tag that is true or predicted somewhere: true positives, false positives, false negatives."""
    confusion = multilabel_confusion_matrix(true, predicted)
    counts = {tag: (m[1, 1], m[0, 1], m[1, 0]) for tag, m in zip(classes, confusion)}
    return {tag: count for tag, count in counts.items() if sum(count) > 0}


def check_tags(month, counts):
    ours = {tag["tag"]: tag for tag in read_json(f"reports/monthly/{month}.tags.json")["tags"] if tag["known"]}
    check(f"{month}: tags", len(ours), len(counts))
    for tag, (hits, wrong, missed) in counts.items():
        theirs = {"true_positives": hits, "false_positives": wrong, "false_negatives": missed}
        check_all(f"{month}: {tag}", ours[tag], theirs)


# Drift


def join_bins(reference, current):
    """Neighbours together until enough is expected of each, and not more bins than Mann and Wald's number."""
    n, m = sum(reference), sum(current)
    most = max(2, math.floor(2 * min(n, m) ** 0.4))
    enough = max(5 * (n + m) / min(n, m), (n + m) / most)
    bins, pair = [], np.zeros(2)
    for pair_here in zip(reference, current):
        pair += pair_here
        if pair.sum() >= enough:
            bins.append(pair)
            pair = np.zeros(2)
    if pair.sum() > 0:
        bins[-1:] = [bins[-1] + pair] if bins else [pair]
    return np.array(bins).T


def check_numbers(what, column, values):
    values = np.array(values, dtype=float)
    edges = column["reference"]["edges"]
    places = np.searchsorted(edges, values[~np.isnan(values)], side="left")
    current = [*np.bincount(places, minlength=len(edges) + 1), np.isnan(values).sum()]
    for i, count in enumerate([*column["current"]["counts"], column["current"]["none"]]):
        check(f"{what}: bin {i}", count, float(current[i]))
    table = join_bins([*column["reference"]["counts"], column["reference"]["none"]], current)
    p = 1.0 if table.shape[1] < 2 else stats.chi2_contingency(table, correction=False).pvalue
    check(f"{what}: p", column["p"], p)


def adjust(p_values):
    return stats.false_discovery_control(np.array(p_values, dtype=float))


def simes(p_values):
    return adjust(p_values).min() if p_values else 1


def check_members(what, column, reference, current):
    n, m = column["referenceQuestions"], column["currentQuestions"]
    smaller = min(n, m) / (n + m)
    fisher = {}
    pairs = {name: (reference.get(name, 0), current.get(name, 0)) for name in {*reference, *current}}
    tested = {name: pair for name, pair in pairs.items() if smaller ** sum(pair) <= 0.001}
    for was, now in set(tested.values()):
        fisher[was, now] = stats.fisher_exact([[was, n - was], [now, m - now]]).pvalue
    names = list(tested)
    p_values = [fisher[tested[name]] for name in names]
    q_values = dict(zip(names, adjust(p_values)))
    check(f"{what}: p", column["p"], simes(p_values))
    for member in column["members"]:
        name = member["name"]
        theirs = {"reference": pairs[name][0], "current": pairs[name][1], "p": fisher[pairs[name]], "q": q_values[name]}
        check_all(f"{what}: {name}", member, theirs)


def text_of(question):
    return question["title"] + "\n" + question["text"]


def length(text):
    """In UTF-16, as JavaScript counts."""
    return len(text.encode("utf-16-le")) // 2


def domain_auc(reference, current):
    """Evidently's domain classifier on half of the texts. Also how many it is judged by."""
    texts = np.array([text_of(question) for question in reference + current], dtype=object)
    is_current = np.arange(len(texts)) >= len(reference)
    order = np.random.RandomState(42).permutation(len(texts))
    middle = math.ceil(len(texts) / 2)
    judged, seen = order[:middle], order[middle:]
    vectorizer = TfidfVectorizer(sublinear_tf=True, max_df=0.5, stop_words="english")
    classifier = SGDClassifier(alpha=0.0001, max_iter=50, penalty="l1", loss="modified_huber", random_state=42)
    classifier.fit(vectorizer.fit_transform(texts[seen]), is_current[seen])
    said = classifier.predict_proba(vectorizer.transform(texts[judged]))[:, 1]
    return roc_auc_score(is_current[judged], said), is_current[judged].sum(), (~is_current[judged]).sum()


def check_falls(what, falls, earlier, later, min_support):
    """Two shares, pooled: the chi-square of a table of two by two. F1 falls where TP / (TP + FP + FN) does."""
    p_values, falling = [], []
    for tag, was in earlier.items():
        now = later.get(tag)
        if now is None or min(was[0] + was[2], now[0] + now[2]) < min_support:
            continue
        table = np.array([[was[0], sum(was) - was[0]], [now[0], sum(now) - now[0]]])
        is_flat = (table.sum(axis=0) == 0).any()
        p_values.append(1.0 if is_flat else stats.chi2_contingency(table, correction=False).pvalue)
        falling.append(now[0] / sum(now) < was[0] / sum(was))
    check(f"{what}: judged", falls["judged"], len(p_values))
    check(f"{what}: p", falls["p"], simes([p / 2 if falls_ else 1 for p, falls_ in zip(p_values, falling)]))


def check_evidently(what, columns, reference, current, domain):
    columns_of = {
        "text_length": lambda question: length(question["title"]) + length(question["text"]),
        "code_share": lambda question: length(question["code"])
        / max(1, length(question["text"]) + length(question["code"])),
        "tags": lambda question: len(question["tags"]),
    }
    for column in columns:
        name, score = f"{what}: {column['column']} by {column['method']}", column["score"]
        if column["column"] == "text":
            check(name, score, domain)
            continue
        if column["column"] == "tag":
            was, now = ([tag for question in some for tag in question["tags"]] for some in (reference, current))
        else:
            was, now = (list(map(columns_of[column["column"]], some)) for some in (reference, current))
        a, b = Counter(was), Counter(now)
        keys = list({**a, **b})
        if column["method"] == "K-S p_value":
            theirs = stats.ks_2samp(was, now).pvalue
        elif column["method"] == "chi-square p_value":
            expected = [a[key] * len(now) / len(was) for key in keys]
            theirs = stats.chisquare([b[key] for key in keys], expected).pvalue
        elif column["method"] == "Jensen-Shannon distance":
            theirs = jensenshannon([a[key] for key in keys], [b[key] for key in keys])
        else:
            theirs = math.nan
        check(name, score, theirs)


def check_month(said, month, recent, reference, held_out, expected, monitored, p_values):
    name, classes = month["month"], said["classes"]
    questions = read_months([name])
    theirs, made = scores_of(classes, questions, month)
    check_all(f"{name}: monthly", read_json(f"reports/monthly/{name}.json"), theirs)
    check_all(f"{name}: monitor", monitored["scores"], theirs)
    counts = counts_of(classes, made["true"], made["predicted"])
    check_tags(name, counts)
    check(f"{name}: F1 ceiling", monitored["f1_ceiling"], made["ceiling"])

    probabilities = np.array(month["probabilities"])
    hits = probabilities[made["predicted"] == 1].sum()
    f1 = 2 * hits / (made["predicted"].sum() + probabilities.sum())
    check(f"{name}: expected F1", monitored["expected_f1"], f1)

    numbers = {
        "text_length": [math.log1p(length(q["title"]) + length(q["text"])) for q in questions],
        "code_share": [
            length(q["code"]) / whole if (whole := length(q["text"]) + length(q["code"])) else math.nan for q in questions
        ],
        "oov_rate": [math.nan if value is None else value for value in month["oov_rate"]],
        "tags": [len(q["tags"]) for q in questions],
        "predicted_tags": made["predicted"].sum(axis=1),
        "top_score": np.max(month["scores"], axis=1),
    }
    sets = {
        "tag": Counter(tag for q in questions for tag in q["tags"]),
        "predicted_tag": Counter(classes[label] for row in month["given"] for label in row),
        "word": dict(month["words"]),
    }
    for column in monitored["columns"]:
        what = f"{name}: {column['column']}"
        if column["kind"] == "numbers":
            check_numbers(what, column, numbers[column["column"]])
        else:
            check_members(what, column, reference[column["column"]], sets[column["column"]])

    auc, current, others = domain_auc(recent, questions)
    deviation = math.sqrt((current + others + 1) / (12 * current * others))
    text = {"auc": auc, "p": stats.norm.sf((auc - 0.5) / deviation)}
    check_all(f"{name}: text", monitored["text"], text)

    value, error = theirs["f1_micro"] - expected[0], math.hypot(theirs["f1_micro_se"], expected[1])
    low, high = value - stats.norm.ppf(0.975) * error, value + stats.norm.ppf(0.975) * error
    change = {"value": value, "standardError": error, "low": low, "high": high, "p": stats.norm.cdf(value / error)}
    check_all(f"{name}: change", monitored["change"], change)
    check_falls(f"{name}: falls", monitored["falls"], held_out, counts, min_support=10)
    check_evidently(name, monitored["evidently"], recent, questions, auc)

    judged = [*monitored["columns"], monitored["text"], monitored["change"], monitored["falls"]]
    p_values += [(f"{name}: {each.get('column', 'test')}", each["p"], each["q"]) for each in judged]
    return theirs


def held_out_counts():
    """From the shares of `tags.csv`."""
    counts = {}
    with open(os.path.join(PROJECT, "reports/evaluate/tags.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["known"] != "true":
                continue
            hits = round(float(row["recall"] or 0) * int(row["support"]))
            predicted = round(hits / float(row["precision"])) if hits else 0
            counts[row["tag"]] = (hits, predicted - hits, int(row["support"]) - hits)
    return counts


def check_months(said):
    record = read_json("reports/monitor/monitor.json")
    training, recent = read_months(said["training"]), read_months(said["recent"])
    stored = read_json("models/supervised/reference.json")["sets"]
    reference = {
        "tag": Counter(tag for question in training for tag in question["tags"]),
        "predicted_tag": dict(stored["predicted_tag"]["members"]),
        "word": dict(said["words"]),
    }
    expected = record["reference"]["f1_micro"], record["reference"]["f1_micro_se"]
    p_values, scores = [], []
    for month, monitored in zip(said["months"], record["months"]):
        scores.append(check_month(said, month, recent, reference, held_out_counts(), expected, monitored, p_values))

    p_values.append(("CUSUM", record["cusum"]["p"], record["cusum"]["q"]))
    check("tests", record["tests"], len(p_values))
    for (what, _, q), theirs in zip(p_values, adjust([p for _, p, _ in p_values])):
        check(f"{what}: q", q, theirs)

    cusum, mean, variance = 0, expected[0], 0
    for i, score in enumerate(scores):
        value, error = score["f1_micro"], score["f1_micro_se"]
        cusum = max(0, cusum + (expected[0] - value) / error - 0.5)
        mean, variance = 0.2 * value + 0.8 * mean, 0.04 * error**2 + 0.64 * variance
        check(f"CUSUM {i}", record["cusum"]["sums"][i], cusum)
        theirs = {"mean": mean, "low": expected[0] - 3 * variance**0.5, "high": expected[0] + 3 * variance**0.5}
        check_all(f"EWMA {i}", record["ewma"]["points"][i], theirs)

    total = read_json("reports/metrics.json")
    together = {key: sum((month[key] for month in said["months"]), []) for key in ("scores", "given")}
    together["by_name"] = sum((month["by_name"] or [[]] * len(month["given"]) for month in said["months"]), [])
    months = read_months([month["month"] for month in said["months"]])
    theirs, _ = scores_of(said["classes"], months, together)
    # The months are strata: each adds the variance of its own.
    sizes = np.array([2 * s["true_positives"] + s["false_positives"] + s["false_negatives"] for s in scores])
    error = np.linalg.norm(sizes * [s["f1_micro_se"] for s in scores]) / sizes.sum()
    low, high = interval(theirs["f1_micro"], error)
    theirs |= {"f1_micro_se": error, "f1_micro_low": low, "f1_micro_high": high}
    check_all("all months", total, {name: value for name, value in theirs.items() if name in total})


def check_held_out(said):
    questions = read_months(said["held_out"])
    theirs, made = scores_of(said["classes"], questions, said)
    check_all("evaluate", read_json("reports/evaluate/metrics.json"), theirs)
    scored = precision_recall_fscore_support(made["true"], made["predicted"], zero_division=np.nan)
    by_tag = dict(zip(said["classes"], zip(*scored)))
    with open(os.path.join(PROJECT, "reports/evaluate/tags.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["known"] != "true":
                continue
            for name, value in zip(("precision", "recall", "f1", "support"), by_tag[row["tag"]]):
                ours = float(row[name]) if row[name] else None
                check(f"evaluate: {row['tag']}: {name}", ours, float(value))


PROJECT, PREDICTIONS = sys.argv[1:]
with open(PREDICTIONS, encoding="utf-8") as file:
    said = json.load(file)
check_held_out(said) if "held_out" in said else check_months(said)
compared.sort(key=lambda row: -row[0])
worst = [{"what": what, "ours": ours, "theirs": theirs} for _, what, ours, theirs in compared[:10]]
greatest = min(compared[0][0], 1e300)
print(json.dumps({"numbers": len(compared), "greatest": greatest, "worst": worst}))
