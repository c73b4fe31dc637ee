"""How the words of agencies' and posts' names are capitalised (Nghị định 30/2020, Phụ lục II): word lists.

OFFICES      first words of units; the next word begins what the unit is called
PLACES       first words of places; what follows is the place's name
SCHOOLS      kinds of schools; what follows is the school's name, a person's or a place's
LOWER        words that stay small wherever they stand inside a name
SHORT_FORMS  short forms that could be read as syllables; those without a vowel are told by rule
PHRASES      names of bodies, fields and posts as state papers print them
"""

from __future__ import annotations

OFFICES = (
    "sở", "bộ", "ban", "phòng", "cục", "vụ", "viện", "chi cục", "tổng cục", "trung tâm", "trường", "hội",
    "khoa", "học viện", "công ty", "kho bạc", "ngân hàng", "bảo hiểm", "thanh tra", "liên đoàn", "bệnh viện",
    "hiệp hội", "quỹ", "nhà", "đài", "báo", "tập đoàn", "tổng công ty", "hợp tác xã", "trạm", "đội", "hạt",
    "ty",

)  # fmt: skip
PLACES = (
    "tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu", "thôn", "khu phố",
    "ấp", "bản", "làng", "buôn", "tp.", "tp", "tx.", "tt.",

)  # fmt: skip
SCHOOLS = (
    "thcs", "thpt", "trung học cơ sở", "trung học phổ thông", "tiểu học", "mầm non", "mẫu giáo", "th", "mn",
    "th&thcs", "thcs&thpt", "ptdtnt", "ptdtbt", "dân tộc nội trú", "dân tộc bán trú", "phổ thông", "chuyên",

)  # fmt: skip
LOWER = (
    "và", "của", "các", "về", "cho", "nhân dân", "tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã",
    "phường", "thị trấn", "thôn", "cấp", "ủy", "trực thuộc", "khu phố", "ấp", "bản", "làng", "buôn", "số",
    "khu vực", "chuyên", "đặc khu", "tư thục", "công lập", "dân lập", "bán công", "liên cấp", "thực hành",

)  # fmt: skip
SHORT_FORMS = frozenset({
    "TAND", "UBND", "UBMTTQ", "UBKT", "GDTX", "GDNN-GDTX", "EVN", "TƯ", "XNK", "DVCI", "BQLDA", "VNPT",
    "QLDA", "IOC", "CDC", "PTDTNT", "THACO", "GD&ĐT", "GDĐT", "VH-TT", "VH&TT", "LĐ-TB&XH", "LĐTB&XH",
    "NN&PTNT", "TN&MT", "KT-HT", "VHTTDL", "VHTT&DL", "TDTT", "HĐQT", "HTQT", "TC-KH", "TCKH",

})  # fmt: skip
PHRASES = (
    "Đại học Công nghiệp", "Đại học Công nghiệp Thực phẩm", "Đại học Công thương", "Đại học Quốc gia",
    "Đại học Khoa học Xã hội và Nhân văn", "Đại học Kinh tế - Luật", "Đại học Ngoại thương",
    "Đại học Ngoại ngữ", "Đại học Sư phạm Kỹ thuật", "Đại học Tài chính - Marketing",
    "Đại học Tài nguyên và Môi trường", "Đại học Giao thông vận tải", "Đại học Xây dựng", "Đại học Thủy lợi",
    "Đại học Nông Lâm", "Đại học Mở", "Đại học Văn hóa", "Đại học Mỹ thuật", "Đại học Kiến trúc",
    "Đại học Công nghệ", "Đại học Y khoa", "Đại học Điện lực", "Đại học Thương mại",
    "Đại học Lao động - Xã hội", "Đại học Nội vụ", "Đại học Hàng hải", "Đại học Ngân hàng",
    "Cao đẳng Kỹ thuật", "Cao đẳng Cộng đồng", "Cao đẳng Kinh tế - Kỹ thuật", "Cao đẳng Văn hóa Nghệ thuật",
    "Cao đẳng Công nghệ", "Công nghệ thông tin", "Chi cục", "Tổng cục", "Trung tâm", "Học viện", "Công ty",
    "Kho bạc", "Ngân hàng", "Bảo hiểm", "Thanh tra", "Liên đoàn", "Bệnh viện", "Hiệp hội", "Tập đoàn",
    "Hợp tác xã", "Ban Chấp hành Đoàn", "BCH Đoàn", "Hội đồng", "Ủy ban", "Đoàn Thanh niên",
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Mặt trận Tổ quốc Việt Nam", "Mặt trận Tổ quốc",
    "Ủy ban Mặt trận Tổ quốc",
    "Thông tin và Truyền thông", "Kế hoạch và Đầu tư", "Tài nguyên và Môi trường", "Tài nguyên - Môi trường",
    "Nông nghiệp và Phát triển nông thôn", "Nông nghiệp và Môi trường", "Lao động - Thương binh và Xã hội",
    "Lao động, Thương binh và Xã hội", "Văn hóa, Thể thao và Du lịch", "Văn hóa - Thể thao và Du lịch",
    "Văn hóa và Thể thao", "Văn hóa - Thông tin", "Văn hóa và Thông tin", "Văn hóa, Khoa học và Thông tin",
    "Văn hóa - Xã hội", "Giáo dục và Đào tạo", "Giáo dục - Đào tạo", "Khoa học và Công nghệ",
    "Giao thông vận tải", "Giao thông - Vận tải", "Tài chính - Kế hoạch", "Dân tộc và Tôn giáo", "Tài chính",
    "Nội vụ", "Ngoại vụ", "Tư pháp", "Xây dựng", "Công Thương", "Thương mại", "Công nghiệp", "Y tế",
    "Du lịch", "Dân tộc", "Tôn giáo", "Quốc phòng", "Công an", "Tòa án nhân dân", "Tòa án nhân dân tối cao",
    "Viện kiểm sát nhân dân", "Viện kiểm sát nhân dân tối cao", "Bộ Chỉ huy quân sự", "Ban Chỉ huy quân sự",
    "Bộ đội Biên phòng", "Quân đội nhân dân", "Kinh tế và Hạ tầng", "Kinh tế - Hạ tầng", "Quản lý đô thị",
    "Kinh tế, Hạ tầng và Đô thị", "Thống kê", "Thuế", "Hải quan", "Quản lý thị trường", "Kiểm lâm",
    "Thủy sản", "Lâm nghiệp", "Thủy lợi", "Chăn nuôi và Thú y", "Thú y", "Trồng trọt và Bảo vệ thực vật",
    "Bảo vệ thực vật", "Bảo vệ môi trường", "Quản lý đất đai", "Văn thư - Lưu trữ",
    "Văn thư và Lưu trữ nhà nước", "Lưu trữ lịch sử", "An toàn vệ sinh thực phẩm",
    "Dân số - Kế hoạch hóa gia đình", "Dân số", "Tiêu chuẩn Đo lường Chất lượng", "Phát triển nông thôn",
    "Giám định y khoa", "Kiểm soát bệnh tật", "Phục vụ hành chính công", "Phát triển quỹ đất",
    "Dịch vụ việc làm", "Xúc tiến đầu tư", "Khuyến nông", "Giáo dục thường xuyên",
    "Giáo dục nghề nghiệp - Giáo dục thường xuyên", "Bồi dưỡng chính trị", "Chính trị", "Tổ chức - Cán bộ",
    "Tổ chức cán bộ", "Hành chính", "Hành chính - Tổng hợp", "Hành chính - Quản trị", "Kế hoạch - Tài chính",
    "Kế hoạch - Tổng hợp", "Tổng hợp", "Đào tạo", "Công tác sinh viên", "Công tác học sinh, sinh viên",
    "Phát thanh - Truyền hình", "Phát thanh và Truyền hình", "Truyền thanh - Truyền hình", "Truyền thông",
    "Nghiên cứu", "Nhà nước", "Chính phủ", "Quốc hội", "Chủ tịch nước", "Trung ương",
    "Ban Chấp hành Trung ương", "Ban Tổ chức", "Ban Tuyên giáo", "Ban Dân vận", "Ban Tuyên giáo và Dân vận",
    "Ban Nội chính", "Ủy ban Kiểm tra", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Thị ủy", "Quận ủy", "Đảng ủy",
    "Đảng bộ", "Chi bộ", "Văn phòng", "Văn phòng Ủy ban nhân dân", "Ban Chấp hành", "Ban Thường vụ",
    "Ban Quản lý", "Ban Quản lý dự án", "Ban Quản lý các khu công nghiệp", "Ban Quản lý khu kinh tế",
    "Ban Chỉ đạo", "Ban Giám hiệu", "Ban Giám đốc", "Ban Thanh tra nhân dân", "Bảo hiểm xã hội",
    "Kho bạc Nhà nước", "Ngân hàng Nhà nước", "Ngân hàng Chính sách xã hội", "Kiểm toán Nhà nước",
    "Thanh tra Chính phủ", "Việt Nam", "Hồ Chí Minh", "Liên đoàn Lao động", "Tổng Liên đoàn Lao động",
    "Công đoàn", "Công đoàn cơ sở", "Công đoàn Giáo dục", "Hội Liên hiệp Phụ nữ", "Hội LHPN", "Hội Phụ nữ",
    "Hội Nông dân", "Hội Cựu chiến binh", "Hội Chữ thập đỏ", "Hội Người cao tuổi", "Hội Khuyến học",
    "Hội Luật gia", "Hội Nhà báo", "Hội Liên hiệp Thanh niên", "Hội Văn học nghệ thuật", "Hội Đông y",
    "Hội Người mù", "Hội Sinh viên", "Hội Bảo trợ người khuyết tật và trẻ mồ côi",
    "Hội Nạn nhân chất độc da cam/dioxin", "Liên hiệp các hội Khoa học và Kỹ thuật", "Liên minh Hợp tác xã",
    "Đoàn Thanh niên Cộng sản", "Đoàn TNCS", "Tỉnh đoàn", "Huyện đoàn", "Thành đoàn", "Thị đoàn", "Đoàn xã",
    "Đoàn phường", "Đoàn đại biểu Quốc hội", "Đoàn khối", "Công ty TNHH", "Công ty TNHH MTV",
    "Công ty Cổ phần", "Một thành viên", "Công ty Trách nhiệm hữu hạn", "Tổng công ty", "Điện lực",
    "Công ty Điện lực", "Bưu điện", "Viễn thông", "Cấp nước", "Xổ số kiến thiết", "Đại học", "Cao đẳng",
    "Đại học Sư phạm", "Đại học Kinh tế", "Đại học Bách khoa", "Đại học Kỹ thuật - Công nghệ",
    "Đại học Khoa học Tự nhiên", "Đại học Công nghệ Thông tin", "Đại học Nông nghiệp",
    "Đại học Kinh tế Quốc dân", "Đại học Y Dược", "Đại học Luật", "Cao đẳng Sư phạm", "Cao đẳng Y tế",
    "Cao đẳng nghề", "Trung cấp nghề", "Trung học phổ thông", "Trung học cơ sở", "Tiểu học", "Mầm non",
    "Mẫu giáo", "Tiểu học và Trung học cơ sở", "Tiểu học và THCS", "THCS và THPT",
    "Phổ thông Dân tộc nội trú", "Phổ thông Dân tộc bán trú", "Dân tộc nội trú", "Dân tộc bán trú",
    "Chính trị tỉnh", "Thủ tướng Chính phủ", "Trạm Y tế", "Trung tâm Y tế", "Bệnh viện Đa khoa",
    "Bệnh viện Đa khoa khu vực", "Bệnh viện Y học cổ truyền", "đầu tư xây dựng", "khu công nghiệp",
    "khu kinh tế", "dự án", "công trình", "cải cách hành chính", "phòng, chống tham nhũng",
    "phòng, chống thiên tai", "tìm kiếm cứu nạn", "phòng, chống dịch", "chuyển đổi số", "an toàn giao thông",
    "xây dựng nông thôn mới", "chương trình mục tiêu quốc gia", "nông thôn mới", "giảm nghèo bền vững",
    "thi đua, khen thưởng", "Thi đua - Khen thưởng", "kiểm định", "kỹ thuật", "Lễ kỷ niệm",
    "Tuyển sinh", "sáng kiến", "Doanh nghiệp", "Đoàn trường", "Thư viện", "Bảo tàng",
    "Phó Chánh Văn phòng", "Chánh Văn phòng", "Phó Chủ tịch", "Chủ tịch", "Phó Giám đốc", "Giám đốc",
    "Phó Trưởng phòng", "Trưởng phòng", "Phó Trưởng ban", "Trưởng ban", "Phó Hiệu trưởng", "Hiệu trưởng",
    "Phó Bí thư", "Bí thư", "Phó Cục trưởng", "Cục trưởng", "Thứ trưởng", "Bộ trưởng", "Chánh Thanh tra",
    "Viện trưởng", "Chi cục trưởng", "Kiểm sát viên", "Chánh án", "Tổng Giám đốc", "Thường trực",
    "Phó Thủ tướng", "Thủ tướng", "Phó Trưởng khoa", "Trưởng khoa", "Kế toán trưởng", "thành phố", "thị xã",
    "thị trấn", "Thành phố Hồ Chí Minh", "Tư lệnh", "Bộ Tư lệnh", "Bộ Tư lệnh Thủ đô", "Quân khu",
    "Quân chủng", "Sư đoàn",
    "Lữ đoàn", "Trung đoàn", "Đồn Biên phòng", "Biên phòng", "Cửa khẩu", "Cảnh sát giao thông",
    "Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ", "phòng cháy, chữa cháy", "cứu nạn, cứu hộ",
    "Trung ương Đảng", "Khối Doanh nghiệp", "Viên chức", "Quy hoạch - Kiến trúc", "Kế hoạch - Tài vụ",
    "Nước sạch và Vệ sinh môi trường nông thôn", "Lưu trữ quốc gia", "Tâm thần", "Hành chính Quốc gia",
    "Khoa học Giáo dục", "Khoa học xã hội", "Hàn lâm Khoa học xã hội", "Báo Nhân Dân", "Cao su", "Dầu khí",
    "Công nghiệp Than - Khoáng sản", "Ngoại thương", "Bảo vệ và Phát triển rừng", "rừng phòng hộ",
    "Phòng thủ dân sự", "Vườn quốc gia", "chế xuất", "Ban An toàn giao thông", "bầu cử", "bầu cử quốc gia",
    "Hội đồng quản trị", "Lễ hội", "cuộc thi", "Giáo hội", "Giáo hội Phật giáo", "Phật giáo", "Ban Trị sự",
    "Khoa học và Kỹ thuật", "Công nghiệp thực phẩm", "Trung học chuyên nghiệp", "Dạy nghề", "Lương thực",
    "Lương thực và Thực phẩm", "Thương binh và Xã hội", "Thi hành án dân sự", "Vật giá", "Kế hoạch",
    "Hội đồng Bộ trưởng", "Hội đồng Chính phủ", "Công nghệ thông tin và Truyền thông", "Đường sắt",
    "Phụ sản", "Da liễu", "Lao và Bệnh phổi", "Ung bướu", "Phục hồi chức năng",
    "Đăng kiểm", "Ủy ban Thường vụ", "Ủy ban Thường vụ Quốc hội",
    "Hỗ trợ doanh nghiệp", "Trợ giúp pháp lý", "Dịch vụ bán đấu giá tài sản", "Bảo trợ xã hội",

)  # fmt: skip
