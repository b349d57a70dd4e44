/**
 * Text as it may stand in a mail: whole Unicode characters (half of a surrogate pair becomes U+FFFD), no control
 * characters but tab and line feed, none of the 32 code points U+FDD0–U+FDEF that are never characters (the compiler
 * marks places with them). Emoji, joiners and right-to-left text stay as they are.
 */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(NOT_TEXT, '')
}

const NOT_TEXT = /(?![\t\n])[\p{Cc}\uFDD0-\uFDEF]/gu

/** Text on one line, as headers need it: every run of white space and line ends becomes one space. */
export function oneLine(text: string): string {
  return cleanText(text.replace(/[\s\u0085\u2028\u2029]+/g, ' ')).trim()
}
