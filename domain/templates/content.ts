/** A template as somebody wrote it. */
export type TemplateContent = {
  /** MJML with Liquid, byte for byte. */
  mjml: string
  subject: string
  preheader: string
  /** Null: made of the HTML by itself. */
  text: string | null
  /** Values to look at it with, by the names of merge tags. */
  testData: Record<string, unknown>
}

/** The language that a template is written in. */
export type TemplateLanguage = 'en' | 'de' | 'fr' | 'it'

/** The columns of a content, as versions and drafts have them. */
export type ContentRow = { mjml: string; subject: string; preheader: string; text: string | null; test_data: string }

export const CONTENT_COLUMNS = ['mjml', 'subject', 'preheader', 'text', 'test_data'] as const

/** A content of its columns. */
export function contentOf(row: ContentRow): TemplateContent {
  const { mjml, subject, preheader, text } = row
  return { mjml, subject, preheader, text, testData: JSON.parse(row.test_data) as Record<string, unknown> }
}

/** The values of {@link CONTENT_COLUMNS}, in their order. */
export function contentValues(content: TemplateContent): [string, string, string, string | null, string] {
  return [content.mjml, content.subject, content.preheader, content.text, JSON.stringify(content.testData)]
}

/** A content as HTTP shows it. */
export const shownContent = ({ mjml, subject, preheader, text, testData }: TemplateContent) => ({
  mjml,
  subject,
  preheader,
  text,
  test_data: testData,
})
