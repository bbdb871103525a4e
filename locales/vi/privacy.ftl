privacy-title = Lưu giữ và ẩn danh
privacy-lead = Hồ sơ của người đã nghỉ đủ số năm thì không còn giữ tên; phần dùng cho thống kê được giữ lại.
privacy-rules = Thời hạn hôm nay
privacy-no-rules = Dữ liệu pháp luật chưa có thời hạn cho ngày này; không hồ sơ nào bị ẩn danh.
privacy-after-leaving = Sau khi nghỉ
privacy-after-death = Sau khi từ trần
privacy-imported-files = Tệp đã nhập
privacy-years = { $n } năm
privacy-unverified = chưa đối chiếu
privacy-last = nghỉ từ trước hoặc vào ngày
privacy-last-file = nhận từ trước hoặc vào ngày
privacy-due-title = Hồ sơ đến hạn
privacy-due = { $count ->
    [0] Chưa có hồ sơ nào đến hạn.
   *[other] { $n } hồ sơ sẽ được ẩn danh.
  }
privacy-files-due = { $count ->
    [0] Chưa có tệp nhập nào đến hạn.
   *[other] { $n } tệp nhập sẽ bị xoá.
  }
privacy-year = Năm nghỉ
privacy-how = Lý do
privacy-people = Số hồ sơ
privacy-left = nghỉ
privacy-died = từ trần
privacy-what = Điều gì sẽ xảy ra
privacy-what-names = Họ tên, tên khác, mã cán bộ, mã hồ sơ, số định danh, tôn giáo, sức khỏe bị xoá; tên thành ***.
privacy-what-days = Ngày sinh và ngày tuyển dụng chỉ còn năm.
privacy-what-group = Dân tộc chỉ còn là Kinh hoặc dân tộc thiểu số.
privacy-what-papers = Số quyết định, số hiệu và nơi cấp văn bằng, minh chứng bị xoá.
privacy-what-history = Nội dung của lịch sử thay đổi bị xoá; tài khoản của người đó bị khoá và mất tên.
privacy-what-files = Tệp đã nhập bị xoá cùng phần trích trong báo cáo; số lượng và điều đã ghi vào sổ ở lại.
privacy-what-stays = Đơn vị, vị trí, trình độ và lượt học ở lại, nên thống kê không mất ai.
privacy-how-to = Trang này chỉ để xem. Việc ẩn danh không lùi lại được và chỉ chạy trên máy chủ; xem thử bằng
privacy-file = Tải hồ sơ của tôi
privacy-file-title = Hồ sơ cá nhân
privacy-file-lead = Mọi điều hệ thống giữ về { $name }, mã { $code }.
privacy-file-facts = Thông tin cá nhân
privacy-file-history = Lịch sử thay đổi
privacy-file-name = Tên
privacy-file-value = Nội dung
privacy-file-from = Từ
privacy-file-to = Đến
privacy-file-unit = Cơ quan, đơn vị
privacy-file-what = Việc
privacy-file-when = Lúc
privacy-file-who = Người ghi
privacy-file-why = Lý do
ethnicity-0 = Dân tộc thiểu số
audit-act-people-take_names = Ẩn danh hồ sơ hết hạn lưu giữ
audit-act-people-own_file = Tải hồ sơ cá nhân
