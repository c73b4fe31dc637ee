"""Posts of those who sign, in folded words: one pattern for each question, from the narrowest to the widest.

OPENS_SIGNATURE  does a line of capitals begin the signature block: whole posts, and deputies of them
WHOLE_POST       does a whole post begin here, once the ink before it is dropped
DECIDES          is it the office or post that decides, or its term of office, as a heading after the subject
POST             does any word of a post stand in the text: heads of units that no list knows, too
CUT_POST         is it a post whose first letter a seal took away
SECOND_SIGNER    is it who signs beside the one that leads: secretary, recorder, accountant, second party
ENGLISH_POST     does a line of a bilingual block say the post again
POST_WORDS       words of posts in a row, as in a form: no personal name (with their marks, small letters)

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, box 7, and Phụ lục III, mẫu 1.1, 1.2, 1.9.
"""

from __future__ import annotations

import re

OPENS_SIGNATURE = re.compile(
    r"^(pho |quyen )?(tong |thu |vien |cuc |vu |doi |to )?"
    r"(chu tich|giam doc|truong (ban|phong|khoa|phong|ban)|hieu truong|bo truong|thu truong|thu tuong"
    r"|chanh van phong|chanh thanh tra|cuc truong|chi cuc truong|tong cuc truong|vien truong|doi truong"
    r"|bi thu|truong ban|thu truong don vi|nguoi lap|ke toan truong|thu ky|chu toa"
    r"|chanh an|tham phan|(kiem sat|chap hanh|cong chung|dieu tra) vien|chu nhiem|thong doc|tong kiem toan"
    r"|(chi huy|hoi|tram|don|hat) truong|truong (tram|don|ty)|xac thuc van ban hop nhat)\b"
)
WHOLE_POST = re.compile(
    r"^(?:(?:pho )?(?:tong giam doc|giam doc|chu tich|chanh van phong|chanh thanh tra|chanh an|vien truong|"
    r"hieu truong|(?:chi |tong )?cuc truong|bi thu|thu tuong|chu nhiem|chi huy truong|thong doc|"
    r"tong kiem toan|truong \w+)|bo truong|thu truong|quyen |q[.] )"
)
DECIDES = re.compile(
    r"^(?:uy ban nhan dan|hoi dong nhan dan|chu tich|pho chu tich|giam doc|bo truong|truong ban|truong phong|"
    r"cuc truong|tong cuc truong|hieu truong|vien truong|chanh (?:an|van phong|thanh tra)|thu tuong|"
    r"chinh phu|quoc hoi|ban (?:chap hanh|thuong vu|chi dao|quan ly|bi thu)|thuong truc|tong giam doc|"
    r"so truong|"
    r"chi cuc truong|chi huy truong|dang uy|tinh uy|huyen uy|thanh uy|bo chinh tri|uy ban|khoa [ivx]+)\b"
)
_WORDS = (
    "chu tich|giam doc|chanh|truong|pho|bi thu|thu truong|chu nhiem|cuc|bo truong|uy vien|thu ky|tong|"
    "chi huy|thong doc|ke toan|dai dien|chu toa|chu tri|nguoi lap|nguoi ghi|kiem sat vien|thuong truc|"
    "tham phan|(?:chap hanh|dieu tra|cong chung) vien"
)
POST = re.compile(rf"\b(?:{_WORDS.replace(' ', ' ?')})\b")  # two words are read as one now and then
_LONE = (
    "truong ban", "truong phong", "truong khoa", "giam doc", "chu tich", "chu nhiem", "chanh van phong",
    "chanh thanh tra", "bi thu",
)  # fmt: skip
CUT_POST = re.compile(rf"^\W*(?:{'|'.join(post[1:] for post in _LONE)})\b")
SECOND_SIGNER = re.compile(
    r"(?<!tong )\bthu ky\b|\bnguoi (?:ghi|lap)\b|\bke toan\b|\bben (?:b|c|nhan|thue)\b"
)
APPROVES = re.compile(r"^\W*(?:phe duyet|duyet|xac nhan|y kien)\b")
ENGLISH_POST = re.compile(
    r"^\W*(?:(?:vice|deputy|acting|general|managing|executive)\W+){0,2}(?:director|rector|president|"
    r"chair(?:man|woman|person)?|principal|manager|head|dean|secretary)\b"
)
POST_WORDS = frozenset(
    {"trưởng", "phó", "lớp", "bí", "thư", "chủ", "tịch", "giám", "đốc", "phòng", "ban", "hành", "chính"}
)
