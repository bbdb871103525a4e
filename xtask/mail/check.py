"""Letters and calendars of a running Khuê Văn, judged by foreign programs: a server of mail that takes letters (aiosmtpd), one that is
down, says later, says never, or is asked twice by a process that was killed; and a reader of calendars (icalendar).

Not for: who is told of what, or when; tests of `service` and `domain` show that.

    check.py BINARY FOLDER
"""

import email
import email.policy
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timezone
from http.cookiejar import CookieJar

import icalendar
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

BINARY, FOLDER = sys.argv[1:3]
DATABASE = f"sqlite:{FOLDER}/khuevan.db"
LEARNER = "nguoi.hoc@example.test"
PEOPLE = 12
checks = 0


def check(what, found, expected=True):
    global checks
    if found != expected:
        sys.exit(f"{what}: expected {expected!r}, found {found!r}")
    checks += 1
    print(f"    {what}")


# The server, and people in front of it.

def serve(today):
    command = [BINARY, "serve", "--demo", "--listen", "127.0.0.1:0", "--today", today, "--data", FOLDER, *smtp(free_port())]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, "KHUEVAN_LOG": "error"})
    line = child.stdout.readline()
    if "http://" not in line:
        sys.exit("the server ended before it listened")
    return child, line.split("http://")[1].strip()


class Person:
    def __init__(self, address, login):
        self.base = f"http://{address}"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar()))
        self.csrf = ""
        self.get("/dang-nhap")
        self.post("/dang-nhap", login=login, password="khuevan")

    def ask(self, request):
        with self.opener.open(request, timeout=60) as answer:
            text = answer.read().decode()
            found = re.search(r'name="csrf" value="([0-9a-f]+)"', text)
            self.csrf = found.group(1) if found else self.csrf
            return answer, text

    def get(self, path):
        return self.ask(self.base + path)[1]

    def post(self, path, **fields):
        body = urllib.parse.urlencode({"csrf": self.csrf, **fields}).encode()
        answer, text = self.ask(urllib.request.Request(self.base + path, body))
        return answer.geturl().removeprefix(self.base), text


# The server of mail.

class Mailbox:
    """Takes letters as `answer` says of each, and keeps what it took."""

    def __init__(self):
        self.letters = []
        self.answer = lambda to: None

    async def handle_RCPT(self, server, session, envelope, address, options):
        refusal = self.answer(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append((envelope.rcpt_tos[0], letter))
        after = getattr(self, "after", None)
        if after:
            after()
        return "250 taken"

    def of(self, address):
        return [letter for to, letter in self.letters if to == address]


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def smtp(port, *more):
    return ["--smtp-host", "localhost", "--smtp-port", str(port), "--mail-from", "Khuê Văn <khuevan@tinh.example.test>",
            "--public-address", "https://khuevan.example.test", *(more or ("--smtp-tls", "none"))]


def command(today, port, *more):
    return [BINARY, "notices", "send", "--database", DATABASE, "--today", today, *smtp(port, *more)]


def send(today, port, *more):
    done = subprocess.run(command(today, port, *more), capture_output=True, text=True, timeout=300)
    if done.returncode:
        sys.exit(f"notices send ended with {done.returncode}: {done.stderr}")
    found = re.search(r"(\d+) letters sent, (\d+) tried again later, (\d+) never sent", done.stderr)
    return tuple(int(number) for number in found.groups())


def class_of(affairs, learner, people, name):
    """A class with a timetable that takes names, and everybody named for it."""
    page, _ = affairs.post("/lop/moi", name=name, form="class", kind="training", content="it", lead="Sở Nội vụ", mode="in_person",
                           hours="after_hours", starts_on="07/12/2026", ends_on="08/12/2026", days="2", periods="8", most="40", place="Hội trường A")
    code = re.search(r"LOP-2026-\d+", page).group(0)
    here = f"/lop/{code}"
    affairs.post(f"{here}/viec/mo", revision="1", decision="12/QĐ-SNV")
    for person in people:
        affairs.post(f"{here}/cu", **{f"chon-{person}": "1", f"ly-do-{person}": "đã bố trí người làm thay"})
    return code, here


def put_timetable(affairs, here):
    revision = re.search(r'name="revision" value="(\d+)"', affairs.get(f"{here}/buoi")).group(1)
    affairs.post(f"{here}/buoi", **{"revision": revision, "act": "save", "ngay-1": "07/12/2026", "buoi-1": "morning", "tiet-1": "4",
                                    "noi-dung-1": "Thực hành; phần 1, nâng cao", "ngay-2": "08/12/2026", "buoi-2": "evening", "tiet-2": "4"})


def cancel(affairs, here):
    revision = re.search(r'name="revision" value="(\d+)"', affairs.get(f"{here}/viec/huy")).group(1)
    affairs.post(f"{here}/viec/huy", revision=revision, reason="bão số 9")
    # The server tells people by itself, a moment later.
    time.sleep(6)


def furnish():
    """A class with the demo's learner and others, who all have addresses; told of that it is cancelled. Gives what is checked later."""
    child, address = serve("2026-11-22")
    affairs, learner = Person(address, "so-noi-vu"), Person(address, "nguoi-hoc")
    own = re.search(r"/nhan-su/([A-Z0-9]+)/ho-so\.zip", learner.get("/ho-so")).group(1)
    learner.post("/tai-khoan/thu", email=LEARNER, language="vi", delivery="at_once", quiet_from="", quiet_to="")
    code, here = class_of(affairs, learner, [], "Kỹ năng số; phần 1")
    others = [who for who in re.findall(r'name="chon-([A-Z0-9]+)"', affairs.get(f"{here}/cu?duoc=1")) if who != own][:PEOPLE]
    check("people may be named for a class", len(others), PEOPLE)
    for number, who in enumerate(others):
        affairs.post(f"/nhan-su/{who}/thu-dien-tu", email=f"nguoi{number}@example.test")
    for who in [own, *others]:
        affairs.post(f"{here}/cu", **{f"chon-{who}": "1", f"ly-do-{who}": "đã bố trí người làm thay"})
    put_timetable(affairs, here)
    feed = re.search(r"http://[^<]+/lich/[0-9a-f]+\.ics", learner.post("/tai-khoan/lich", kind="person", code="")[1]).group(0)
    read_calendar(feed, code, "TENTATIVE")
    cancel(affairs, here)
    read_calendar(feed, code, "CANCELLED")
    take_back(learner, feed)
    return child, affairs, learner, [own, *others]


# Calendars.

def fetch(url, headers=()):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(url, headers=dict(headers)), timeout=60) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, dict(refused.headers), b""


last_sequence = -1


def read_calendar(url, code, status):
    global last_sequence
    answer, headers, body = fetch(url)
    check(f"a calendar answers ({status})", (answer, headers["content-type"]), (200, "text/calendar; charset=utf-8"))
    calendar = icalendar.Calendar.from_ical(body)
    events = [event for event in calendar.walk("VEVENT") if code in str(event["UID"])]
    check("both meetings stand in it", len(events), 2)
    first = next(event for event in events if "morning" in str(event["UID"]))
    start = first.decoded("DTSTART")
    check("half past seven in Hà Nội", start.astimezone(timezone.utc), datetime(2026, 12, 7, 0, 30, tzinfo=timezone.utc))
    check("until half past eleven", first.decoded("DTEND") - start, datetime(2026, 1, 1, 4) - datetime(2026, 1, 1))
    check("its name", str(first["SUMMARY"]).removeprefix("[ĐÃ HỦY] "), "Kỹ năng số; phần 1")
    check("where it is", str(first["LOCATION"]), "Hội trường A")
    check("what is taught", "Thực hành; phần 1, nâng cao" in str(first["DESCRIPTION"]))
    check("its state", {str(event["STATUS"]) for event in events}, {status})
    check("a number that grows with every change", int(first["SEQUENCE"]) > last_sequence)
    check("each event once", len({str(event["UID"]) for event in events}), 2)
    check("no faults found by the reader", [event.errors for event in events], [[], []])
    last_sequence = int(first["SEQUENCE"])
    check("nothing new is nothing sent", fetch(url, {"If-None-Match": headers["etag"]})[0], 304)


def take_back(learner, url):
    page = learner.get("/tai-khoan/lich")
    learner.post("/tai-khoan/lich/thu-hoi", feed=re.search(r'name="feed" value="(\d+)"', page).group(1))
    check("an address taken back answers no more", fetch(url)[0], 404)


# Letters.

def letters_of_the_first_class():
    everybody = PEOPLE + 1
    check("while the server is down a letter is kept", send("2026-11-23", free_port()), (0, 1, 0))
    box = Mailbox()
    refused, later = "nguoi0@example.test", "nguoi1@example.test"
    box.answer = lambda to: {refused: "550 5.1.1 no such mailbox", later: "451 4.7.1 try again later"}.get(to)
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    port = controller.port
    check("up again, it takes all but one for now and one for good", send("2026-11-24", port), (everybody - 2, 1, 1))
    box.answer = lambda to: None
    check("what was refused for now is taken the next time", send("2026-11-25", port), (1, 0, 0))
    check("what was refused for good is not tried again", send("2026-11-26", port), (0, 0, 0))
    check("one letter for each", sorted(to for to, _ in box.letters), sorted({to for to, _ in box.letters}))
    check("and none to whom the server refused", box.of(refused), [])
    letter = box.of(LEARNER)[0]
    check("from the office", str(letter["From"]), "Khuê Văn <khuevan@tinh.example.test>")
    check("nobody answers it", str(letter["Auto-Submitted"]), "auto-generated")
    check("its subject", str(letter["Subject"]).startswith("[Khuê Văn] ") and "thông báo về lớp học" in str(letter["Subject"]))
    parts = [part.get_content_type() for part in letter.walk()]
    check("as text and as a page", parts, ["multipart/alternative", "text/plain", "text/html"])
    plain = letter.get_body(("plain",)).get_content()
    check("it tells that the class is cancelled", "Lớp đã hủy: Kỹ năng số; phần 1" in plain and "bão số 9" in plain)
    links = re.findall(r"https://khuevan\.example\.test(/thong-bao/\d+)", plain)
    check("with a link to each notice", len(links) >= 3 and all(link in letter.get_body(("html",)).get_content() for link in links))
    controller.stop()
    return links


def killed_in_the_middle(affairs, learner, people):
    _, here = class_of(affairs, learner, people, "Lớp thứ hai")
    cancel(affairs, here)
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    port = controller.port
    process = subprocess.Popen(command("2026-11-27", port), stderr=subprocess.DEVNULL)

    def after():
        # The letter was taken, and whoever brought it hears nothing of that any more.
        if len(box.letters) == 5:
            process.send_signal(signal.SIGKILL)
            process.wait()

    box.after = after
    process.wait(timeout=120)
    check("killed after five letters", (process.returncode, len(box.letters)), (-signal.SIGKILL, 5))
    everybody = PEOPLE + 1
    check("the next one brings the others, and the one that nobody noted", send("2026-11-28", port), (everybody - 4, 0, 0))
    check("and nothing is left", send("2026-11-29", port), (0, 0, 0))
    numbers = [(to, str(letter["Message-ID"])) for to, letter in box.letters]
    check("nobody is left out", len({to for to, _ in numbers}), everybody)
    check("every mailbox keeps one", len(set(numbers)), everybody)
    twice = [number for number in set(numbers) if numbers.count(number) > 1]
    check("the one that came twice has the same number twice", twice, [numbers[4]])
    controller.stop()


def behind_a_password(affairs, learner, people):
    _, here = class_of(affairs, learner, people[:1], "Lớp thứ ba")
    cancel(affairs, here)
    office = trustme.CA()
    trust = f"{FOLDER}/ca.pem"
    office.cert_pem.write_to_path(trust)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    office.issue_cert("localhost").configure_cert(context)

    def authenticator(server, session, envelope, mechanism, data):
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"khuevan", "mật khẩu".encode())
        return AuthResult(success=right, handled=False)

    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True, auth_required=True, authenticator=authenticator)
    controller.start()
    port = controller.port
    closed = ("--smtp-tls", "starttls", "--smtp-user", "khuevan")
    check("a stranger's certificate is not trusted", send("2026-11-23", port, *closed, "--smtp-password", "mật khẩu"), (0, 1, 0))
    trusted = (*closed, "--smtp-ca", trust)
    check("a wrong password keeps the letter", send("2026-11-24", port, *trusted, "--smtp-password", "sai"), (0, 1, 0))
    check("with encryption and the right one it goes out", send("2026-11-25", port, *trusted, "--smtp-password", "mật khẩu"), (1, 0, 0))
    check("once", len(box.letters), 1)
    controller.stop()


child, affairs, learner, people = furnish()
try:
    links = letters_of_the_first_class()
    page = learner.get(links[-1])
    check("the link of a letter leads to the class", "Kỹ năng số; phần 1" in page)
    killed_in_the_middle(affairs, learner, people)
    behind_a_password(affairs, learner, people)
    administrator = Person(affairs.base.removeprefix("http://"), "quan-tri")
    log = administrator.get("/quan-tri/thu?trang-thai=failed")
    check("the log says who was not reached, with a masked address", "550" in log and "n…@example.test" in log and "nguoi0@" not in log)
finally:
    child.terminate()
    child.wait(timeout=30)
print(f"{checks} checks passed")
