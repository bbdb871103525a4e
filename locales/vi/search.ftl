search-title = Tìm kiếm
search-lead = Gõ có dấu hay không dấu đều được.
search-type = Gõ ít nhất hai chữ cái.
search-none = Không tìm thấy gì với
search-targets = Chỉ tiêu
search-schemes = Đề án
search-more = Xem tất cả
