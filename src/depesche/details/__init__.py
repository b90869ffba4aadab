"""What sentences mention: times, actors, places, speech, figures, and the date of the report itself."""
