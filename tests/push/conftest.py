from tests.push.fixtures import _push_server, laptop, phone, push_service

__all__ = ["_push_server", "laptop", "phone", "push_service"]
