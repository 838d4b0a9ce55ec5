"""An authorization function for an MLflow server: a bearer token, else MLflow's own users and passwords."""

import os

from flask import request
from mlflow.server.auth import authenticate_request_basic_auth
from werkzeug.datastructures import Authorization


def authenticate():
    if request.headers.get("Authorization") == f"Bearer {os.environ['ACCEPTED_TOKEN']}":
        return Authorization("basic", {"username": os.environ["MLFLOW_AUTH_ADMIN_USERNAME"], "password": ""})
    return authenticate_request_basic_auth()
