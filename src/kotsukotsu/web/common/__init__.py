"""What every part of the application uses: access, errors, language, words in templates."""
