const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // so that neither Liquid nor MJML ever sees a brace that somebody typed
  '{': '&#123;',
  '}': '&#125;',
}

/** Text for HTML content or a quoted attribute; what looks like Liquid in it stays text. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'{}]/g, (character) => ENTITIES[character] ?? character)
}
