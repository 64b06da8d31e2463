"""REST APIs: their list, a page of one each, as most accounts need more than one page; and what a stage answers."""

from urllib.parse import parse_qs, urlsplit


class Gateway:
    def __init__(self, ecs):
        self.ecs = ecs
        self.apis = []  # [{"id", "name"}]

    def page(self, url):
        at = int(parse_qs(urlsplit(url).query).get("position", ["0"])[0])
        answer = {"item": [{**api, "createdDate": 1700000000} for api in self.apis[at:at + 1]]}
        if at + 1 < len(self.apis):
            answer["position"] = str(at + 1)
        return answer

    def ask(self, identity, url):
        """Clients ask for /STAGE/PATH, and the application sees /PATH."""
        _, stage, path = url.split("/", 2)
        name = next(api["name"] for api in self.apis if api["id"] == identity)
        if not name.endswith(f"-{stage}-aws"):
            return 403, b'{"message":"Forbidden"}'
        return self.ecs.ask(stage, "/" + path)
