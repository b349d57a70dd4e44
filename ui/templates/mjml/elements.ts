/**
 * Which elements MJML has and what may stand in them: what is needed to take a source apart and to know where a block can
 * go. Their attributes are in the server's catalogue; a test holds the two together.
 */

/** What a column may hold; a hero takes the same. */
export const CONTENT: readonly string[] = [
  'mj-text',
  'mj-image',
  'mj-button',
  'mj-divider',
  'mj-spacer',
  'mj-social',
  'mj-table',
  'mj-navbar',
  'mj-accordion',
  'mj-carousel',
  'mj-survey',
  'mj-raw',
]

/** The elements that hold elements, and which. */
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  mjml: ['mj-head', 'mj-body', 'mj-raw'],
  'mj-head': [
    'mj-attributes',
    'mj-breakpoint',
    'mj-font',
    'mj-html-attributes',
    'mj-preview',
    'mj-raw',
    'mj-style',
    'mj-title',
  ],
  'mj-attributes': [],
  'mj-html-attributes': ['mj-selector'],
  'mj-selector': ['mj-html-attribute'],
  'mj-body': ['mj-section', 'mj-wrapper', 'mj-hero', 'mj-raw'],
  'mj-wrapper': ['mj-section', 'mj-hero', 'mj-raw'],
  'mj-section': ['mj-column', 'mj-group', 'mj-raw'],
  'mj-group': ['mj-column', 'mj-raw'],
  'mj-column': CONTENT,
  'mj-hero': CONTENT,
  'mj-social': ['mj-social-element', 'mj-raw'],
  'mj-navbar': ['mj-navbar-link', 'mj-raw'],
  'mj-accordion': ['mj-accordion-element', 'mj-raw'],
  'mj-accordion-element': ['mj-accordion-title', 'mj-accordion-text', 'mj-raw'],
  'mj-carousel': ['mj-carousel-image'],
  'mj-survey': ['mj-survey-answer'],
}

/** The elements whose content is not MJML but HTML, CSS or text, and not looked into. */
export const OPAQUE: ReadonlySet<string> = new Set([
  'mj-accordion-text',
  'mj-accordion-title',
  'mj-breakpoint',
  'mj-button',
  'mj-carousel-image',
  'mj-html-attribute',
  'mj-navbar-link',
  'mj-preview',
  'mj-raw',
  'mj-social-element',
  'mj-style',
  'mj-survey-answer',
  'mj-table',
  'mj-text',
  'mj-title',
])

/** The elements that hold and say nothing but their attributes. */
const EMPTY: ReadonlySet<string> = new Set(['mj-image', 'mj-divider', 'mj-spacer', 'mj-font', 'mj-all', 'mj-class'])

/** Whether MJML has an element of this name. */
export const isKnown = (name: string): boolean => Object.hasOwn(CHILDREN, name) || OPAQUE.has(name) || EMPTY.has(name)

/** The elements that may stand in one. */
export const childrenOf = (name: string): readonly string[] =>
  Object.hasOwn(CHILDREN, name) ? (CHILDREN[name] ?? []) : []

/** Whether an element may stand in another one. What is not known may stand anywhere: it is none of our business. */
export const mayHold = (parent: string, child: string): boolean => {
  const children = childrenOf(parent)
  return children.length > 0 && (children.includes(child) || !isKnown(child))
}
