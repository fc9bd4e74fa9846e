"""What the libraries that are known for it say of the cases: prints values as JSON.

    python judge.py cases.json [how many texts are drawn for the disorder by chance]

It needs krippendorff, scikit-learn, nltk and pygamma-agreement; where one is missing it ends with 77. Of what none
of them has (alpha for unitizing, F1 of spans) the formula is written out here once more, in another way.
"""
import itertools
import json
import logging
import os
import sys
import warnings

# The solver behind γ prints what it does; the answer alone goes where it is asked for.
answer = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
logging.disable(logging.WARNING)

try:
    import krippendorff
    import numpy
    import pygamma_agreement
    from nltk.metrics.agreement import AnnotationTask
    from pyannote.core import Segment
    from scipy.optimize import linear_sum_assignment
    from sklearn.metrics import cohen_kappa_score
except ImportError as missing:
    print(missing, file=sys.stderr)
    sys.exit(77)

warnings.simplefilter("ignore")
DRAWN = int(sys.argv[2]) if len(sys.argv) > 2 else 30


def labels_of(article, person, word):
    marks = article["marks"][person]
    return frozenset(label for start, end, label in marks if start <= word < end)


def column(articles, person, people, of):
    """What somebody says of every word; None for articles they have not been at."""
    said = []
    for article in articles:
        for word in range(article["words"]):
            said.append(of(labels_of(article, person, word)) if person in article["marks"] else None)
    return said


def number(value):
    return None if value is None or numpy.isnan(value) else round(float(value), 12)


def coded(columns):
    """Values as numbers, and those that are missing as NaN."""
    values = sorted({str(sorted(v) if isinstance(v, frozenset) else v) for c in columns for v in c if v is not None})
    code = {value: at for at, value in enumerate(values)}
    row = lambda c: [numpy.nan if v is None else code[str(sorted(v) if isinstance(v, frozenset) else v)] for v in c]
    return numpy.array([row(c) for c in columns], dtype=float)


def alpha(columns):
    try:
        return number(krippendorff.alpha(reliability_data=coded(columns), level_of_measurement="nominal"))
    except ValueError:
        return None


def together(one, other):
    return [(a, b) for a, b in zip(one, other) if a is not None and b is not None]


def cohen(one, other):
    both = together(one, other)
    if not both:
        return None
    rows = coded([[a for a, _ in both], [b for _, b in both]])
    return number(cohen_kappa_score(rows[0], rows[1])) if len(numpy.unique(rows)) > 1 else None


def mean(values):
    values = [it for it in values if it is not None]
    return number(sum(values) / len(values)) if values else None


def task(columns):
    """The words that everybody has judged, for NLTK."""
    rows = coded(columns)
    rows = rows[:, ~numpy.isnan(rows).any(axis=0)]
    data = [(str(person), str(word), int(rows[person][word])) for person in range(len(rows)) for word in range(rows.shape[1])]
    return AnnotationTask(data=data) if len(numpy.unique(rows)) > 1 else None


def words_measures(columns):
    pairs = list(itertools.combinations(columns, 2))
    same = [a == b for one, other in pairs for a, b in together(one, other)]
    known = task(columns)
    measures = {
        "percent": number(sum(same) / len(same)) if same else None,
        "cohen": mean([cohen(one, other) for one, other in pairs]),
        "fleiss": number(known.pi()) if known else None,
        "alpha": alpha(columns),
    }
    if known and all(None not in column for column in columns):
        # Two libraries, one value.
        assert abs(known.alpha() - measures["alpha"]) < 1e-9
        assert abs(known.avg_Ao() - measures["percent"]) < 1e-9
        assert abs(known.kappa() - measures["cohen"]) < 1e-9
    return measures


def sections(marks, label, length):
    """Units and gaps of one person, as (begin, length, is a unit)."""
    units = []
    for start, end, own in sorted(marks):
        if own != label:
            continue
        if units and start < units[-1][1]:
            units[-1][1] = max(units[-1][1], end)
        else:
            units.append([start, end])
    found, at = [], 0
    for start, end in units + [[length, length]]:
        if start > at:
            found.append((at, start - at, 0))
        if end > start:
            found.append((start, end - start, 1))
        at = end
    return found


def difference(one, other):
    (b, l, v), (c, k, w) = one, other
    if v and w and -l < b - c < k:
        return (b - c) ** 2 + (b + l - c - k) ** 2
    if v and not w and k - l >= b - c >= 0:
        return l * l
    if w and not v and l - k >= c - b >= 0:
        return k * k
    return 0


def unitizing(articles, people, labels):
    observed = expected = 0.0
    for article in articles:
        here = [it for it in people if it in article["marks"]]
        count, length = len(here), article["words"]
        if count < 2:
            continue
        for label in labels:
            cut = [sections(article["marks"][it], label, length) for it in here]
            units = [it for one in cut for it in one if it[2]]
            gaps = [it[1] for one in cut for it in one if not it[2]]
            apart = sum(difference(a, b) for x, y in itertools.permutations(cut, 2) for a in x for b in y)
            observed += length * apart / (count * (count - 1) * length**2)
            total = sum(
                (len(units) - 1) / 3 * (2 * l**3 - 3 * l**2 + l) + l * l * sum(g - l + 1 for g in gaps if g >= l)
                for _, l, _ in units
            )
            ways = count * length * (count * length - 1) - sum(l * (l - 1) for _, l, _ in units)
            expected += length * (2 / length) * total / ways if ways else 0.0
    return number(1 - observed / expected) if expected else None


def f1(articles, people, labels, is_same):
    same = every = 0
    for article in articles:
        for one, other in itertools.combinations([it for it in people if it in article["marks"]], 2):
            a = [it for it in article["marks"][one] if it[2] in labels]
            b = [it for it in article["marks"][other] if it[2] in labels]
            table = numpy.array([[float(x[2] == y[2] and is_same(x, y)) for y in b] for x in a]).reshape(len(a), len(b))
            rows, columns = linear_sum_assignment(table, maximize=True)
            same += 2 * table[rows, columns].sum()
            every += len(a) + len(b)
    return number(same / every) if every else None


def span_measures(articles, people, labels, tolerance):
    near = lambda x, y: abs(x[0] - y[0]) <= tolerance and abs(x[1] - y[1]) <= tolerance
    over = lambda x, y: x[0] < y[1] and y[0] < x[1]
    ways = [lambda x, y: x[:2] == y[:2], near, over]
    return {"alpha_u": unitizing(articles, people, labels), "f1": [f1(articles, people, labels, it) for it in ways]}


def measures(articles, people, labels, tolerance, of=lambda it: it):
    here = [it for it in articles if sum(person in it["marks"] for person in people) > 1]
    if not here:
        return None
    columns = [column(articles, person, people, of) for person in people]
    return {**words_measures(columns), **span_measures(articles, people, labels, tolerance)}


def gamma(article, people):
    continuum = pygamma_agreement.Continuum()
    for person in people:
        continuum.add_annotator(person)
        for start, end, label in article["marks"][person]:
            continuum.add(person, Segment(start, end), label)
    if not all(article["marks"][person] for person in people):
        return None
    unlike = pygamma_agreement.CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    numpy.random.seed(1)
    # It takes a second and more for a text of four people.
    found = continuum.compute_gamma(unlike, n_samples=DRAWN if len(people) == 2 else min(DRAWN, 100))
    return {"observed": number(found.observed_disorder), "expected": number(found.expected_disorder)}


def groups(article):
    """Each two who have been at an article, and where there are more, all of them."""
    people = sorted(article["marks"])
    return list(itertools.combinations(people, 2)) + ([tuple(people)] if len(people) > 2 else [])


def judge(case):
    articles, tolerance = case["articles"], case["tolerance"]
    people = sorted({person for article in articles for person in article["marks"]})
    labels = sorted({it[2] for article in articles for marks in article["marks"].values() for it in marks})
    has = lambda label: (lambda said: label in said)
    pairs = list(itertools.combinations(people, 2))
    return {
        "all": measures(articles, people, labels, tolerance),
        "labels": {it: measures(articles, people, [it], tolerance, has(it)) for it in labels},
        "articles": [measures([it], [p for p in people if p in it["marks"]], labels, tolerance) for it in articles],
        "pairs": {f"{a} {b}": measures(articles, [a, b], labels, tolerance) for a, b in pairs},
        "gamma": [{" ".join(some): gamma(it, some) for some in groups(it)} for it in articles],
    }


with open(sys.argv[1], encoding="utf-8") as file:
    cases = json.load(file)
judged = {case["name"]: judge(case) for case in cases}
os.write(answer, (json.dumps(judged, indent=1) + "\n").encode())
