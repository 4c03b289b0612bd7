"""Other tongues: story, diary and training-app files in; text, JSON, Markdown and HTML out."""
