"""What an edit means: the statements of items that one commit says otherwise than the one before it."""
