"""Files that hide what must not be published, made by other libraries and by hand."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import openpyxl
import pikepdf
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

ID = "11010519491231002X"
MOBILE = "13800138000"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
EMPTY_RELATIONS = (
    b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    b"</Relationships>"
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(thing) -> bytes:
    """Return what an object with ``save`` writes."""
    out = io.BytesIO()
    thing.save(out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """Return the members of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(files: dict[str, bytes | str], *, stored: bool = False) -> bytes:
    """Return an archive of these members."""
    out = io.BytesIO()
    way = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", way) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def plain_docx(*paragraphs: str) -> bytes:
    """Return a .docx of these paragraphs with empty properties."""
    document = docx.Document()
    for paragraph in paragraphs or ("关于做好政务公开工作的通知",):
        document.add_paragraph(paragraph)
    properties = document.core_properties
    properties.author = properties.comments = properties.title = ""
    properties.last_modified_by = ""
    files = parts(saved(document))
    files.pop("docProps/thumbnail.jpeg")
    rels = files["_rels/.rels"].decode()
    files["_rels/.rels"] = re.sub(r"<Relationship [^>]*thumbnail[^>]*/>", "", rels).encode()
    return packed(files)


def docx_of(body: str, **more: str) -> bytes:
    """Return a .docx whose body is this XML; ``more`` are further parts by name, _ for . and /."""
    files = parts(plain_docx())
    xml = files["word/document.xml"].decode()
    xml = re.sub(r"<w:p>.*?</w:p>|<w:p [^>]*>.*?</w:p>", lambda _: body, xml, count=1)
    files["word/document.xml"] = xml.encode()
    for name, text in more.items():
        files[name.replace("__", "/") + ".xml"] = text.encode()
    return packed(files)


def related(
    data: bytes, part: str, kind: str, name: str, content: bytes, *, type_: str = ""
) -> bytes:
    """Return the package with one more part, related to ``part`` as ``kind``."""
    files = parts(data)
    files[name] = content
    folder, _, file = part.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels".lstrip("/")
    before = files.get(rels, EMPTY_RELATIONS).decode()
    before = re.sub(r"<Relationships([^>]*)/>", r"<Relationships\1></Relationships>", before)
    target = "/" + name
    one = f'<Relationship Id="rAdd{len(files)}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
    files[rels] = before.replace("</Relationships>", one + "</Relationships>").encode()
    if type_:
        kinds = files["[Content_Types].xml"].decode()
        one = f'<Override PartName="/{name}" ContentType="{type_}"/>'
        files["[Content_Types].xml"] = kinds.replace("</Types>", one + "</Types>").encode()
    return packed(files)


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


CHANGES = (
    "<w:p><w:r><w:t>金额为</w:t></w:r>"
    '<w:del w:id="1" w:author="张三"><w:r><w:delText>十万</w:delText></w:r></w:del>'
    f'<w:ins w:id="2" w:author="张三">{run("八万")}</w:ins>'
    f'<w:moveFrom w:id="3" w:author="张三">{run("移走")}</w:moveFrom>'
    f'<w:moveTo w:id="4" w:author="张三">{run("移来")}</w:moveTo>'
    '<w:r><w:rPr><w:b/><w:rPrChange w:id="5" w:author="张三"><w:rPr/></w:rPrChange></w:rPr>'
    "<w:t>元。</w:t></w:r></w:p>"
)
HIDDEN = f"<w:p>{run('可见')}{run('藏着' + MOBILE, '<w:vanish/>')}</w:p>"
COMMENT_MARKS = (
    '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>正文</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
)
COMMENTS = (
    f'<w:comments {W}><w:comment w:id="0" w:author="张三"><w:p><w:r>'
    f"<w:t>电话{MOBILE}</w:t></w:r></w:p></w:comment></w:comments>"
)


def dirty_docx() -> bytes:
    """Return a .docx with everything that can be hidden in one."""
    base = docx_of(CHANGES + HIDDEN + COMMENT_MARKS)
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    base = related(
        base,
        "word/document.xml",
        "comments",
        "word/comments.xml",
        COMMENTS.encode(),
        type_=f"{main}.comments+xml",
    )
    base = related(base, "word/document.xml", "package", "word/embeddings/book.xlsx", dirty_xlsx())
    base = related(base, "word/document.xml", "image", "word/media/photo.jpg", photo())
    files = parts(base)
    files["docProps/core.xml"] = (
        b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        b'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>'
        + "张三".encode()
        + b"</dc:creator><cp:lastModifiedBy>"
        + "李四".encode()
        + b"</cp:lastModifiedBy></cp:coreProperties>"
    )
    kinds = files["[Content_Types].xml"].decode()
    more = (
        '<Default Extension="jpg" ContentType="image/jpeg"/>'
        '<Default Extension="xlsx" ContentType="application/octet-stream"/>'
    )
    files["[Content_Types].xml"] = re.sub(r"(<Types[^>]*>)", rf"\1{more}", kinds, count=1).encode()
    return packed(files)


def dirty_xlsx(*, hidden_sheet: bool = False) -> bytes:
    """Return an .xlsx with notes, hidden rows and columns, an author."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["姓名", "电话"])
    sheet.append(["王某", "公开"])
    sheet["A1"].comment = openpyxl.comments.Comment(f"问张三，{MOBILE}", "张三")
    if hidden_sheet:
        other = book.create_sheet("底稿")
        other["B3"] = ID
        other.sheet_state = "hidden"
        sheet["C1"] = "=底稿!B3"
    book.properties.creator = "张三"
    return saved(book)


def photo(*, orientation: int = 1) -> bytes:
    """Return a photo that says where and by whom it was taken."""
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste("black", (0, 0, 10, 10))
    exif = picture.getexif()
    exif[ExifTags.Base.Artist] = "张三"
    exif[ExifTags.Base.Orientation] = orientation
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (30.0, 15.0, 0.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment="内部".encode(), quality=90)
    return out.getvalue()


def png() -> bytes:
    """Return a picture that names its author."""
    notes = PngInfo()
    notes.add_text("Author", "Zhang San")
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG", pnginfo=notes)
    return out.getvalue()


def pdf(text: str = "Notice 2026", pages: int = 1) -> pikepdf.Pdf:
    """Return a document of pages with one line each, to be given more."""
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
        )
    )
    for _ in range(pages):
        page = document.add_blank_page(page_size=(595, 842))
        content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else ""
        page.obj.Contents = document.make_stream(content.encode())
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    return document


def dirty_pdf() -> bytes:
    """Return a .pdf with an author, a note, a script, an attached file and an earlier version."""
    document = pdf(f"Phone {MOBILE}")
    document.docinfo["/Author"] = "张三"
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = ["张三"]
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=[10, 10, 30, 30],
        Contents=f"ask {ID}",
        T="张三",
    )
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[40, 10, 60, 30],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/"),
    )
    document.pages[0].obj.Annots = document.make_indirect([note, link])
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.attachments["list.txt"] = f"{ID}\n".encode()
    data = saved(document)
    return (
        data + b"\n% more\nstartxref\n" + re.findall(rb"startxref\s+(\d+)", data)[-1] + b"\n%%EOF\n"
    )
