"""What the pages of ``bench.secrecy`` say: marks, what looks like them, other languages."""

from __future__ import annotations

LEVELS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")

PHRASES = (
    "Độ mật: Mật",
    "Độ mật: Tối mật",
    "Độ mật: Tuyệt mật",
    "ĐỘ MẬT: MẬT",
    "ĐỘ MẬT: TỐI MẬT",
    "CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ",
    "CHỈ NGƯỜI CÓ TÊN\nMỚI ĐƯỢC BÓC BÌ",
    "TÀI LIỆU MẬT",
    "TÀI LIỆU TỐI MẬT",
    "TÀI LIỆU TUYỆT MẬT",
    "VĂN BẢN MẬT",
    "TÀI LIỆU THU HỒI",
)
"""Other wordings of secrecy, and of papers to be given back."""

URGENCIES = ("KHẨN", "THƯỢNG KHẨN", "HOẢ TỐC", "HỎA TỐC", "HỎA TỐC\nHẸN GIỜ")

HARMLESS = (
    "CÔNG VĂN ĐẾN",
    "ĐẾN",
    "SAO Y",
    "SAO Y BẢN CHÍNH",
    "BẢN CHÍNH",
    "BẢN SAO",
    "ĐÃ THU TIỀN",
    "ĐÃ DUYỆT",
    "ĐÃ KÝ",
    "DỰ THẢO",
    "LƯU",
    "LƯU HỒ SƠ",
    "XEM XONG TRẢ LẠI",
    "LƯU HÀNH NỘI BỘ",
    "BẢO MẬT",
    "MẪU SỐ 01",
    "Mẫu 2C",
    "HỒ SƠ GỐC",
    "ĐÃ QUÉT",
    "ĐÃ SỐ HÓA",
    "MẶT TRƯỚC",
)
"""Stamps and boxed print that are no secrecy marks."""

NEAR_WORDS = (
    "Cán bộ, công chức có trách nhiệm giữ bí mật nhà nước và bí mật công tác theo luật.",
    "Mật độ dân số của toàn xã là 415 người trên một ki-lô-mét vuông, cao hơn của cả huyện.",
    "Các đơn vị thực hiện nghiêm các biện pháp bảo mật, an toàn thông tin; đổi mật khẩu ba tháng một lần.",
    "Hỗ trợ các hộ nuôi ong lấy mật; sản lượng mật ong đạt 12 tấn, giá mật ong tại vườn ổn định.",
    "Luật Bảo vệ bí mật nhà nước quy định ba độ mật: Tuyệt mật, Tối mật và Mật; danh mục do luật định.",
    "Tài liệu có độ mật phải được quản lý riêng; việc giải mật thực hiện theo thẩm quyền của người đứng đầu.",
    "Thư mật, điện mật được chuyển theo đường riêng; hộp thư mật không dùng vào việc khác.",
    "Chất lượng mặt đường, mặt bằng thi công và bề mặt công trình được nghiệm thu đúng hồ sơ thiết kế.",
    "Mất giấy tờ thì báo ngay; giấy mất được thông báo trên cổng thông tin, tóm tắt tại phụ lục kèm theo.",
    "Sự tuyệt đối giữ kín thông tin người tố giác; phiếu kín, hòm phiếu được niêm phong và bảo quản cẩn mật.",
)

HEADINGS = (
    ("Về việc tăng cường công tác bảo vệ", "bí mật nhà nước trong tình hình mới"),
    ("Về việc thực hiện công tác bảo mật", "thông tin trên không gian mạng"),
    ("Danh mục bí mật nhà nước", "độ Tối mật và độ Mật của ngành"),
    ("Kiểm tra công tác bảo vệ bí", "mật nhà nước năm 2021"),
    ("Quy hoạch mật độ xây dựng", "khu dân cư phía đông"),
    ("Phát triển nghề nuôi ong lấy", "mật trên địa bàn huyện"),
    ("CÔNG TÁC BẢO VỆ BÍ MẬT", "NHÀ NƯỚC NĂM 2022"),
    ("GIẢI PHÓNG MẶT BẰNG", "CÔNG TRÌNH ĐƯỜNG TỈNH"),
)

FOREIGN = {
    "german": (
        "Stadtverwaltung - Amt für Bauwesen",
        "MAT-Nr. 4711",
        "Sehr geehrte Damen und Herren, wir danken für Ihr Schreiben vom 3. Mai.",
        "Der Markt bietet Materialien für den täglichen Bedarf an, die Menge ist begrenzt.",
        "Bitte überweisen Sie den Betrag innerhalb von vierzehn Tagen auf unser Konto.",
        "Mit freundlichen Grüßen, im Auftrag der Leitung",
    ),
    "english": (
        "THE QUARTERLY REVIEW OF MATERIALS",
        "FORMAT A4",
        "The mat was placed on the floor, and the cat sat upon it for the whole afternoon.",
        "Minutes of the meeting were taken by the secretary and sent to all the members.",
        "What matters most is that every form is filled in and returned before the deadline.",
        "Yours sincerely, on behalf of the committee",
    ),
    "french": (
        "MAIRIE DE LA VILLE NEUVE",
        "MAT. 12/B",
        "Nous avons bien reçu votre lettre du 12 mars et vous en remercions vivement.",
        "Le matin, le mât du navire apparut dans la brume ; la mer était calme et plate.",
        "Veuillez trouver ci-joint les pièces demandées, ainsi que la facture acquittée.",
        "Veuillez agréer, Madame, Monsieur, nos salutations distinguées",
    ),
}
