"""The same model behind FastAPI: scikit-learn's TfidfVectorizer, the coefficients stacked into one matrix.

python peer.py DIRECTORY: prints the port, then serves.
"""

import json
import socket
import sys

import numpy as np
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel, Field
from sklearn.feature_extraction.text import TfidfVectorizer

directory = sys.argv[1]
with open(f"{directory}/peer.json") as file:
    model = json.load(file)
classes = np.array(model["classes"])
vectorizer = TfidfVectorizer(sublinear_tf=True, vocabulary=model["terms"])
vectorizer.idf_ = np.array(model["idf"])
shape = (len(model["terms"]), len(classes))
stacked = np.ascontiguousarray(np.fromfile(f"{directory}/peer.coefficients").reshape(shape[::-1]).T)
intercepts = np.array(model["intercepts"])

app = FastAPI()


class Question(BaseModel):
    title: str = Field(min_length=1, max_length=1000)
    body: str = Field(default="", max_length=100_000)


@app.post("/predict")
async def predict(question: Question):
    X = vectorizer.transform([f"{question.title} {question.body}"])
    scores = (X @ stacked)[0] + intercepts
    given = np.flatnonzero(scores > 0)
    order = given[np.argsort(-scores[given], kind="stable")]
    return {"tags": [{"tag": str(classes[i]), "score": float(scores[i])} for i in order]}


listener = socket.socket()
listener.bind(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[listener])
