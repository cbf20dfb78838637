"""Publishing by the person's own hand: text to the clipboard, the composer in the browser, a link back."""
