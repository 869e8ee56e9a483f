"""One offline HTML page out of a resolved corpus: facts (what it shows), layout (where), page (the file)."""
