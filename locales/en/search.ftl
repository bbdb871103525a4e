search-title = Search
search-lead = With or without Vietnamese marks.
search-type = Type at least two letters.
search-none = Nothing found for
search-targets = Targets
search-schemes = Schemes
search-more = See all
