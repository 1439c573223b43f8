"""Sample papers for the tests of the paper engine: invented schools and people, the shapes that break layouts."""

import segno
from django.template.loader import render_to_string

from mentoring.core.clauses import number_clauses

FOUNDER = "Управление образования администрации Заречного муниципального округа"
FULL_NAME = (
    "Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 12 “Ромашка”»"
)
LONG_NAME = (
    "Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад общеразвивающего вида с приоритетным "
    "осуществлением деятельности по художественно-эстетическому направлению развития детей № 112 “Золотой ключик”»"
)
CHECK_CODE = "7KQM-2XWD-9RTB-4HVN"
CHECK_URL = f"https://nastavnik.example.ru/v/{CHECK_CODE}/"
PREAMBLE = (
    "<p>В целях развития кадрового потенциала, профессионального становления молодых педагогов и в соответствии с "
    "Федеральным законом от 29 декабря 2012 г. № 273-ФЗ «Об образовании в Российской Федерации», статьёй 351.8 "
    "Трудового кодекса Российской Федерации, решением педагогического совета (протокол от 28.08.2026 № 1)</p>"
    "<p><strong>ПРИКАЗЫВАЮ:</strong></p>"
)
ITEMS = [
    "Утвердить Положение о системе наставничества педагогических работников согласно приложению № 1 к настоящему приказу.",
    "Назначить куратором реализации программ наставничества старшего воспитателя Ким Аллу Сергеевну.",
    "Куратору Ким А.С. в срок до 15 сентября 2026 г. организовать анкетирование педагогических работников и подготовить "
    "предложения по составу наставнических пар с учётом профессиональных затруднений и сильных сторон педагогов.",
    "Разместить настоящий приказ на официальном сайте учреждения в течение 10 рабочих дней.",
    "Делопроизводителю ознакомить с приказом работников под подпись.",
]
CLAUSE = (
    "Наставник оказывает наставляемому методическую, психологическую и практическую помощь в овладении "
    "профессиональными компетенциями, передаёт опыт и содействует его вхождению в коллектив учреждения."
)


def order_body(items: int = 5) -> str:
    """Body of an order with so many items, the second with sub-items, the last about control."""
    parts = []
    for i in range(items - 1):
        nested = (
            "<ol><li><p>собрать согласия педагогов;</p></li><li><p>вести реестр пар.</p></li></ol>"
            if i == 1
            else ""
        )
        parts.append(f"<li><p>{ITEMS[i % len(ITEMS)]}</p>{nested}</li>")
    parts.append("<li><p>Контроль за исполнением приказа оставляю за собой.</p></li>")
    return PREAMBLE + "<ol>" + "".join(parts) + "</ol>"


def regulation_body(sections: int = 9, clauses: int = 9) -> str:
    """Body of a local act of about twelve pages with dashes, sub-clauses and an annex with a table."""
    parts = []
    for s in range(1, sections + 1):
        parts.append(f"<h2>Раздел о наставничестве, часть {s}</h2><ol>")
        for c in range(1, clauses + 1):
            nested = ""
            if c == 2:
                nested = "<ul><li><p><strong>Наставник</strong> – педагог, который передаёт опыт;</p></li><li><p>наставляемый – участник программы.</p></li></ul>"
            if c == 4:
                nested = "<ol><li><p>изучает запросы педагогов;</p></li><li><p>ведёт учёт программ.</p></li></ol>"
            parts.append(f"<li><p>{CLAUSE}</p>{nested}</li>")
        parts.append("</ol>")
    rows = "".join(
        f"<tr><td>{i}</td><td>{CLAUSE[: 70 + i]}</td><td>сентябрь</td></tr>" for i in range(1, 13)
    )
    annex = f"<h2>Приложение 1. Содержание программы</h2><ol><li><p>Пояснительная записка.</p></li><li><p>План мероприятий.</p></li></ol><table><tbody><tr><th>№</th><th>Мероприятие</th><th>Срок</th></tr>{rows}</tbody></table>"
    return "".join(parts) + annex


def roadmap_body(rows: int = 53, per_stage: int = 9) -> str:
    """A landscape table with stage cells that span several rows and one row over the whole width."""
    cells = []
    for i in range(rows):
        if i == 20:
            cells.append('<tr><td colspan="5">Этап по итогам полугодия</td></tr>')
        if i % per_stage == 0 and i != 18:
            high = min(per_stage, rows - i) if not i <= 20 < i + per_stage else 20 - i
            cells.append(
                f'<tr><td rowspan="{high}">{i // per_stage + 1}</td><td rowspan="{high}">Подготовка условий для реализации системы наставничества</td>'
            )
        elif i == 18 or i == 20:
            high = 2 if i == 18 else 7
            cells.append(
                f'<tr><td rowspan="{high}">3</td><td rowspan="{high}">Формирование банка наставников</td>'
            )
        else:
            cells.append("<tr>")
        cells.append(
            f"<td>Мероприятие {i + 1}: {CLAUSE[: 40 + 11 * (i % 9)]}</td><td>сентябрь – октябрь</td><td>Куратор, заместитель заведующего</td></tr>"
        )
    head = "<tr><th>№</th><th>Этап</th><th>Содержание деятельности</th><th>Сроки</th><th>Ответственный</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{''.join(cells)}</tbody></table>"


def paper_html(body: str, *, style: str = "order", **over) -> str:
    """The whole paper as the portal makes it; `over` replaces keys of the frame context."""
    paper = {
        "lang": "ru",
        "code": "regulation_order",
        "paper": style,
        "landscape": style == "table",
        "title_tag": "Приказ от 01.09.2026 № 80/8",
        "letterhead": {
            "founder": FOUNDER,
            "full_name": FULL_NAME,
            "short_name": "МБДОУ № 12 «Ромашка»",
            "address": "ул. Садовая, д. 5, г. Заречный, 600000",
            "phone": "8 (400) 000-00-00",
            "email": "info@romashka.example",
        },
        "document_word": {"order": "ПРИКАЗ", "local_act": "ПОЛОЖЕНИЕ", "table": ""}[style],
        "date": "1 сентября 2026 г.",
        "number": "80/8",
        "place": "г. Заречный",
        "annex_mark": [],
        "stamps": [],
        "heading": "Об утверждении Положения о системе наставничества педагогических работников",
        "body": number_clauses(body, style),
        "signature": {"post": "Заведующий", "name": "О.В. Белозёрская"}
        if style == "order"
        else None,
        "e_mark": [],
        "acknowledgement": None,
        "footnote": "",
        "qr_svg": qr(CHECK_URL),
        "check_code": CHECK_CODE,
        "check_url": CHECK_URL,
        "draft": False,
        "public": False,
    }
    return render_to_string("documents/frame.html", {"paper": paper | over})


def qr(address: str) -> str:
    """Inline SVG of a QR code with a title, which becomes its alternative text."""
    return segno.make(address, error="m").svg_inline(
        omitsize=True, border=0, title="QR-код страницы проверки документа"
    )


def people(count: int) -> dict:
    """An acknowledgement sheet of so many invented people."""
    posts = [
        "Старший воспитатель",
        "Воспитатель",
        "Учитель-логопед",
        "Инструктор по физической культуре",
        "Педагог-психолог",
    ]
    names = [
        "А.С. Ким",
        "Е.И. Лугова",
        "М.П. Оглы-Заде",
        "К.Д. Первомайская-Богоявленская",
        "Т.О. Рощина",
    ]
    rows = [{"post": posts[i % 5], "name": names[(i * 2) % 5]} for i in range(count)]
    return {"title": "С приказом ознакомлены:", "rows": rows}


STAMPS = [
    {
        "word": "ПРИНЯТО",
        "lines": ["Общим собранием работников", "протокол от 30.08.2026 № 1"],
        "side": "left",
    },
    {
        "word": "УЧТЕНО МНЕНИЕ",
        "lines": ["профсоюзного комитета", "протокол от 29.08.2026 № 4"],
        "side": "left",
    },
    {
        "word": "УТВЕРЖДЕНО",
        "lines": ["приказом МБДОУ № 12 «Ромашка»", "от 01.09.2026 № 80/8"],
        "side": "right",
    },
]
ANNEX_MARK = ["Приложение № 1", "к приказу МБДОУ № 12 «Ромашка»", "от 01.09.2026 № 80/8"]
E_MARK = [
    "Подписано простой электронной подписью",
    "О.В. Белозёрская, 01.09.2026 10:15",
    "Хэш документа: 9f2c4e1ab0d37756c1e8a94fb2036d58e7710c3a9f2c4e1ab0d37756c1e8a94f",
]


def samples() -> dict[str, str]:
    """Every sample by name: whole HTML documents."""
    return {
        "order": paper_html(order_body()),
        "order-draft": paper_html(
            order_body(), draft=True, date="", number="", check_code="", check_url="", qr_svg=""
        ),
        "order-30": paper_html(order_body(), acknowledgement=people(30)),
        "order-4": paper_html(order_body(), acknowledgement=people(4), e_mark=E_MARK),
        "order-long": paper_html(
            order_body(22),
            letterhead={"founder": FOUNDER, "full_name": LONG_NAME, "short_name": "МБДОУ № 112"},
        ),
        "order-table": paper_html(
            PREAMBLE
            + "<ol><li><p>Закрепить пары:</p></li></ol><table><tr><th>№</th><th>Наставник</th><th>Наставляемый</th><th>Срок</th></tr>"
            + "".join(
                f"<tr><td>{i}</td><td>Ким Алла Сергеевна, старший воспитатель</td><td>Лугова Елена Ильинична</td><td>до 31.05.2027</td></tr>"
                for i in range(1, 9)
            )
            + "</table><ol><li><p>Контроль оставляю за собой.</p></li></ol>"
        ),
        "regulation": paper_html(
            regulation_body(),
            style="local_act",
            stamps=STAMPS,
            heading="о системе наставничества педагогических работников",
            title_tag="Положение о наставничестве",
        ),
        "regulation-annex": paper_html(
            regulation_body(2, 4),
            style="local_act",
            annex_mark=ANNEX_MARK,
            stamps=STAMPS[2:],
            heading="о системе наставничества",
            title_tag="Положение о наставничестве",
        ),
        "roadmap": paper_html(
            roadmap_body(),
            style="table",
            annex_mark=ANNEX_MARK,
            heading="Дорожная карта внедрения системы наставничества на 2026/27 учебный год",
            title_tag="Дорожная карта",
            footnote="¹ Мероприятия уточняются по итогам полугодия.",
        ),
    }
