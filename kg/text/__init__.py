"""From files to articles: decode and read pages (pages), keep the way back to the source (lines, html), mend lines (layout),
leave out what belongs to the page (furniture), cut into articles (articles), know credits (credits) and issues (issue)."""
