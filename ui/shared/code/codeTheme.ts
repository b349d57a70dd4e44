import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** Colours come from the page, in light and dark, with enough contrast on its ground. */
const highlight = HighlightStyle.define([
  { tag: [tags.tagName, tags.keyword, tags.controlKeyword], color: 'var(--mantine-color-green-text)' },
  { tag: [tags.attributeName, tags.propertyName], color: 'var(--mantine-color-blue-light-color)' },
  { tag: [tags.attributeValue, tags.string], color: 'var(--mantine-color-orange-light-color)' },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: 'var(--mantine-color-grape-light-color)' },
  { tag: [tags.comment], color: 'var(--mantine-color-dimmed)', fontStyle: 'italic' },
  { tag: [tags.invalid], color: 'var(--mantine-color-error)' },
])

/** How text that is code looks. */
export const codeTheme = (dark: boolean) => [
  syntaxHighlighting(highlight),
  EditorView.theme(
    {
      '&': { height: '100%', fontSize: '0.82rem', backgroundColor: 'var(--mantine-color-body)' },
      '&.cm-focused': { outline: '2px solid var(--mantine-color-green-text)', outlineOffset: '-2px' },
      '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.6' },
      '.cm-content': { caretColor: 'var(--mantine-color-text)', color: 'var(--mantine-color-text)' },
      '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
      '.cm-gutters': {
        backgroundColor: 'var(--ground)',
        color: 'var(--mantine-color-dimmed)',
        borderRight: '1px solid var(--line)',
      },
      '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--mantine-color-gray-light) 60%, transparent)' },
      '.cm-activeLineGutter': { backgroundColor: 'var(--mantine-color-gray-light)' },
      '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
        backgroundColor: 'var(--mantine-color-green-light)',
      },
      '.cm-tooltip': {
        backgroundColor: 'var(--mantine-color-body)',
        border: '1px solid var(--line)',
        color: 'var(--mantine-color-text)',
      },
      '.cm-tooltip-autocomplete ul li[aria-selected]': {
        backgroundColor: 'var(--mantine-color-green-light)',
        color: 'var(--mantine-color-green-light-color)',
      },
      '.cm-completionDetail': { color: 'inherit', opacity: '0.8' },
      '.cm-panels': { backgroundColor: 'var(--ground)', color: 'var(--mantine-color-text)' },
      '.cm-lintRange-error': {
        backgroundImage: 'none',
        textDecoration: 'underline wavy var(--mantine-color-error)',
        textUnderlineOffset: '3px',
      },
    },
    { dark },
  ),
]
