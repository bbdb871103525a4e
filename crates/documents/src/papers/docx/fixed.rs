//! The parts of a Word package that are the same for every paper.
//! Not for: anything that a paper says.

/// Names of the main parts.
pub(super) const NAMES: [(&str, &str); 5] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
];

/// Names of the part with title and language.
pub(super) const PROPERTY_NAMES: [(&str, &str); 2] = [
    ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

macro_rules! kind_of_part {
    ($part:literal, $kind:literal) => {
        concat!("<Override PartName=\"", $part, "\" ContentType=\"application/vnd.openxmlformats-", $kind, "+xml\"/>")
    };
}

/// What each part is; the footers are there when a code is.
pub(super) fn content_types(code: bool) -> String {
    let always = [
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
        "<Default Extension=\"png\" ContentType=\"image/png\"/>",
        kind_of_part!("/word/document.xml", "officedocument.wordprocessingml.document.main"),
        kind_of_part!("/word/styles.xml", "officedocument.wordprocessingml.styles"),
        kind_of_part!("/word/settings.xml", "officedocument.wordprocessingml.settings"),
        kind_of_part!("/word/header.xml", "officedocument.wordprocessingml.header"),
        kind_of_part!("/docProps/core.xml", "package.core-properties"),
    ];
    let with_code = [
        kind_of_part!("/word/footer.xml", "officedocument.wordprocessingml.footer"),
        kind_of_part!("/word/no-footer.xml", "officedocument.wordprocessingml.footer"),
    ];
    format!("{}{}</Types>", always.concat(), if code { with_code.concat() } else { String::new() })
}

pub(super) const RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"d\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "<Relationship Id=\"p\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>",
    "</Relationships>"
);

macro_rules! relation {
    ($id:literal, $kind:literal, $target:literal) => {
        concat!(
            "<Relationship Id=\"",
            $id,
            "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
            $kind,
            "\" Target=\"",
            $target,
            "\"/>"
        )
    };
}

/// What the document refers to; the footers are there when a code is.
pub(super) fn document_relations(code: bool) -> String {
    let always =
        [relation!("s", "styles", "styles.xml"), relation!("t", "settings", "settings.xml"), relation!("h", "header", "header.xml")];
    let with_code = [relation!("f", "footer", "footer.xml"), relation!("n", "footer", "no-footer.xml")];
    let code = if code { with_code.concat() } else { String::new() };
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    format!("{head}{}{code}</Relationships>", always.concat())
}

pub(super) const FOOTER_RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    relation!("c", "image", "media/code.png"),
    "</Relationships>"
);

/// Sections after the first would else repeat its footer.
pub(super) const NO_FOOTER: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
    "<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p/></w:ftr>"
);

pub(super) const SETTINGS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
    "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:defaultTabStop w:val=\"720\"/>",
    // Without it Word opens the file as one of an old version.
    "<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>",
    "<w:themeFontLang w:val=\"vi-VN\"/>",
    "</w:settings>"
);

pub(super) const STYLES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
    "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:docDefaults><w:rPrDefault><w:rPr>",
    "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>",
    "<w:color w:val=\"000000\"/><w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/>",
    "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr></w:pPrDefault></w:docDefaults>",
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>",
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>",
    "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>",
    "</w:styles>"
);

/// The code as a picture in a line; `SIDE` is its length.
pub(super) const PICTURE: &str = concat!(
    "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"SIDE\" cy=\"SIDE\"/>",
    "<wp:docPr id=\"1\" name=\"QR\" descr=\"QR\"/><a:graphic>",
    "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>",
    "<pic:nvPicPr><pic:cNvPr id=\"1\" name=\"QR\"/><pic:cNvPicPr/></pic:nvPicPr>",
    "<pic:blipFill><a:blip r:embed=\"c\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>",
    "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"SIDE\" cy=\"SIDE\"/></a:xfrm>",
    "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>",
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
);
