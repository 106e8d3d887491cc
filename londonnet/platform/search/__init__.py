"""One search box over every application.

`folding.sort_key` folds names; `matching` finds rows by what someone typed; applications answer the search box through
the hook `search_sources`.
"""
