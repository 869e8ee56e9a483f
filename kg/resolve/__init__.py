"""Who is who and who held what when, across articles: records in, a Resolution out."""
