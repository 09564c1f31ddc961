"""What was written, and who sees it: entries, journals, views, and the fold that makes stories of acts."""
