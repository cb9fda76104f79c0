"""The official Python client against the provider at OPENAI_BASE_URL, step by step. Prints what it got as one JSON."""

import json
import sys

from openai import AuthenticationError, BadRequestError, OpenAI

client = OpenAI(max_retries=0, timeout=5)
stranger = client.with_options(api_key="sk-other")
offer = sys.stdin.read()
session = {"type": "realtime", "model": "gpt-realtime-2.1", "instructions": "Be brief."}


def refused(ask, kind):
    try:
        ask()
    except kind as error:
        return error.code or error.type
    return "nothing"


secret = client.realtime.client_secrets.create(session=session)
bare = client.realtime.client_secrets.create()
answer = client.realtime.calls.with_raw_response.create(sdp=offer, session=session)
call_id = answer.headers["location"].split("/")[-1]
with client.realtime.connect(call_id=call_id) as sideband:
    created = sideband.recv()
    sideband.session.update(session={"type": "realtime", "instructions": "Be kind."})
    updated = sideband.recv()
client.realtime.calls.hangup(call_id)

live = client.live.create(
    session={"model": "gpt-live-1", "instructions": "Be brief."}, transport={"type": "webrtc", "sdp": offer}
)
with client.live.sideband.connect(session_id=live.session.id) as sideband:
    started = sideband.recv()
    sideband.send({"type": "session.close"})
    closed = sideband.recv()

print(
    json.dumps(
        {
            "secret": [secret.value[:3], secret.session.model],
            "bare": bare.value[:3],
            "models": sorted(model.id for model in client.models.list() if model.id.startswith("gpt-live-1")),
            "answer": answer.parse().text[:3],
            "call": call_id,
            "sideband": [created.type, updated.type, updated.session.instructions],
            "live": [live.session.id, started.type, closed.type, closed.reason],
            "strangers": refused(lambda: stranger.models.list(), AuthenticationError),
            "mistakes": refused(
                lambda: client.realtime.calls.create(sdp=offer, session={**session, "voice": "marin"}), BadRequestError
            ),
        }
    )
)
