import { describe, expect, test } from '@jest/globals'
import { createIntl } from 'react-intl'
import { chooseLanguage, fallbackMessages, loadCatalogue, type MessageId } from '../../ui/messages/index.ts'

describe('the texts', () => {
  test('are all well formed', () => {
    const broken: string[] = []
    const intl = createIntl({
      locale: 'en',
      messages: fallbackMessages,
      onError: (error) => {
        if (error.code !== 'MISSING_DATA' && error.code !== 'FORMAT_ERROR') broken.push(error.message)
        else if (/MALFORMED|EXPECT_|INVALID_/.test(error.message)) broken.push(error.message)
      },
    })
    for (const id of Object.keys(fallbackMessages) as MessageId[]) intl.formatMessage({ id }, {})
    expect(broken).toEqual([])
  })

  test('of English are all there', async () => {
    await expect(loadCatalogue('en')).resolves.toEqual({ texts: fallbackMessages })
  })
})

describe('the language', () => {
  test('is the first of the reader’s that we speak, in their own regional form', () => {
    expect(chooseLanguage(['en-GB', 'en'])).toEqual({ language: 'en', locale: 'en-GB' })
    expect(chooseLanguage(['tlh', 'EN-us'])).toEqual({ language: 'en', locale: 'EN-us' })
  })
  test('is English when we speak none of them', () => {
    expect(chooseLanguage(['tlh', 'toString'])).toEqual({ language: 'en', locale: 'en' })
    expect(chooseLanguage([])).toEqual({ language: 'en', locale: 'en' })
  })
  test('is the one chosen here, before all others, in their own regional form if they have one', () => {
    expect(chooseLanguage(['en-GB', 'de-AT'], 'de')).toEqual({ language: 'de', locale: 'de-AT' })
    expect(chooseLanguage(['en-GB'], 'fr')).toEqual({ language: 'fr', locale: 'fr' })
  })
  test('is the business’s where the browser has none of ours', () => {
    expect(chooseLanguage(['tlh', 'it'])).toEqual({ language: 'it', locale: 'it' })
  })
})
