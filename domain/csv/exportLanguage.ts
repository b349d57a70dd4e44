/** The languages in which files are written. */
export type ExportLanguage = 'en' | 'de' | 'fr' | 'it'
