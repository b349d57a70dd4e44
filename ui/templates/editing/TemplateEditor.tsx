import { Button, Loader, SegmentedControl, Text } from '@mantine/core'
import { IconVersions } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import { useIntl } from 'react-intl'
import type { Template } from '../../../api/contract/templates.ts'
import { catalogueQuery } from '../../client/templates.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { Page } from '../../shared/Page.tsx'
import { useLanguage } from '../../shared/useLanguage.ts'
import { useText } from '../../shared/useText.tsx'
import type { PaletteItem } from '../blocks/palette.ts'
import { DraftState } from '../keeping/DraftState.tsx'
import { useKeeping } from '../keeping/useKeeping.ts'
import { isChanged, reduceTemplate, templateDraftOf } from '../mjml/draft.ts'
import { fitted, placeAfter } from '../mjml/places.ts'
import { elementAt } from '../mjml/walk.ts'
import { type Person, PersonSelect } from '../preview/PersonSelect.tsx'
import { PreviewView } from '../preview/PreviewView.tsx'
import { type Remark, usePicture } from '../preview/usePicture.ts'
import { Problems } from '../source/Problems.tsx'
import type { SourceHandle } from '../source/SourceEditor.tsx'
import { TemplateTabs } from '../TemplateTabs.tsx'
import { type MergeTagEntry, MergeTagsContext } from '../text/MergeTagsContext.ts'
import { Dragging } from '../visual/Dragging.tsx'
import { Inspector } from '../visual/Inspector.tsx'
import { Outline } from '../visual/Outline.tsx'
import { Palette } from '../visual/Palette.tsx'
import { Stage, sizeOf } from '../visual/Stage.tsx'
import { Envelope } from './Envelope.tsx'
import { PublishDialog } from './PublishDialog.tsx'
import { SaidLine } from './SaidLine.tsx'
import classes from './TemplateEditor.module.css'
import { TestSendButton } from './TestSendButton.tsx'
import { UndoButtons } from './UndoButtons.tsx'
import { useTemplateEditing } from './useTemplateEditing.ts'

/** The source editor is large, and many never open it. */
const SourceEditor = lazy(() => import('../source/SourceEditor.tsx'))

type View = 'visual' | 'source' | 'preview'
/** On a phone one part is shown at a time. */
type Part = 'blocks' | 'picture' | 'block'

const WIDTH = 640

/** A template being written: blocks, source and preview are views of one content, with one undo. */
export function TemplateEditor({ template }: { template: Template }) {
  const text = useText()
  const [language] = useLanguage()
  const [draft, dispatch] = useReducer(reduceTemplate, template, (read) =>
    templateDraftOf(read.content ?? read.draft?.content ?? EMPTY, read.draft?.content),
  )
  useEffect(() => {
    if (template.content) dispatch({ type: 'saved', content: template.content })
  }, [template.content])
  const editing = useTemplateEditing(draft, dispatch)
  const keeping = useKeeping(template, draft, dispatch, text('draft.replace'))
  const changed = isChanged(draft) || template.version === 0
  const [view, setView] = useState<View>('visual')
  const [part, setPart] = useState<Part>('picture')
  const [person, setPerson] = useState<Person | null>(null)
  const [publishing, setPublishing] = useState<number | null>(null)
  const { picture, remarks, isCurrent, isStale, error, refetch } = usePicture(template, draft.content, person?.id)
  const { data: catalogue } = useQuery(catalogueQuery(language))
  const tags = useMemo<MergeTagEntry[]>(
    () => [
      ...(catalogue?.merge_tags ?? []),
      ...(catalogue?.attributes ?? []).map((name) => ({
        name: `customer.attributes.${name}`,
        label: name,
        group: 'customer',
        example: '',
      })),
    ],
    [catalogue],
  )
  const source = useRef<SourceHandle>(null)
  const inspector = useRef<HTMLElement>(null)
  const palette = useRef<HTMLDivElement>(null)
  const stopping = remarks.filter(({ stops }) => stops)

  const open = () => {
    setPart('block')
    requestAnimationFrame(() => {
      const form = inspector.current
      const field =
        form?.querySelector<HTMLElement>('[contenteditable="true"]') ??
        form?.querySelector<HTMLElement>('input, textarea, select')
      field?.focus()
    })
  }
  const insert = (item: PaletteItem) => {
    const place = placeAfter(editing.tree, editing.selected, item.element)
    const holder = place && elementAt(editing.tree, place.parent)
    const mjml = holder && fitted(holder.name, item.element, item.mjml(text))
    if (!place || !mjml) return editing.say(text('template.refused.place'), true)
    editing.run({ kind: 'insert', place, mjml }, { label: text('template.did.insert', { block: text(item.label) }) })
  }
  const goTo = ({ field, line, column }: Remark) => {
    if (field !== 'mjml') return setView(field === 'text' || field === 'test_data' ? 'preview' : 'visual')
    setView('source')
    // The source editor may have to be loaded first.
    const wait = (left: number) => {
      if (source.current) source.current.goTo(line ?? 1, column ?? 1)
      else if (left > 0) setTimeout(() => wait(left - 1), 60)
    }
    wait(80)
  }
  const publish = async () => {
    const revision = await keeping.flush()
    if (revision !== undefined) setPublishing(revision)
  }

  const problems = <Problems remarks={remarks} onGoTo={goTo} />
  const stage = picture ? (
    <Stage editing={editing} picture={picture} isStale={isStale} width={WIDTH} onOpen={open} />
  ) : (
    <div className={classes.waiting}>
      {error ? <ErrorState error={error} onRetry={refetch} /> : stopping.length > 0 ? <NoPicture /> : <Loader />}
    </div>
  )
  return (
    <MergeTagsContext value={tags}>
      <Page
        title={template.name}
        back={{ to: '/templates' }}
        flush
        aside={<TemplateTabs id={template.id} />}
        actions={
          <>
            <TestSendButton
              template={template}
              content={draft.content}
              customer={person?.id}
              disabled={!isCurrent || stopping.length > 0}
            />
            <Button
              leftSection={<IconVersions size={17} />}
              disabled={!changed || !isCurrent || stopping.length > 0}
              onClick={() => void publish()}
            >
              {text('publish.open')}
            </Button>
          </>
        }
      >
        <div className={classes.page}>
          <div className={classes.bar}>
            <UndoButtons editing={editing} />
            <SegmentedControl<View>
              size="xs"
              aria-label={text('template.view')}
              value={view}
              onChange={setView}
              data={[
                { value: 'visual', label: text('template.view.visual') },
                { value: 'source', label: text('template.view.source') },
                { value: 'preview', label: text('template.view.preview') },
              ]}
            />
            <PersonSelect person={person} onPick={setPerson} />
            {picture && <Size bytes={sizeOf(picture)} most={picture.preview.clipped_at} />}
            <div className={classes.state}>
              <DraftState
                id={template.id}
                draft={keeping}
                content={draft.content}
                changed={changed}
                canThrowAway={template.version > 0}
              />
            </div>
          </div>
          {view === 'visual' && (
            <Dragging editing={editing}>
              <SegmentedControl<Part>
                className={classes.parts ?? ''}
                size="xs"
                fullWidth
                value={part}
                onChange={setPart}
                aria-label={text('template.parts')}
                data={[
                  { value: 'blocks', label: text('template.part.blocks') },
                  { value: 'picture', label: text('template.part.picture') },
                  { value: 'block', label: text('template.part.block') },
                ]}
              />
              <div className={classes.columns} data-part={part}>
                <section className={classes.blocks} aria-label={text('template.part.blocks')}>
                  <div ref={palette}>
                    <Palette onInsert={insert} />
                  </div>
                  <Outline
                    editing={editing}
                    remarks={remarks}
                    onOpen={open}
                    onPalette={() => palette.current?.querySelector('button')?.focus()}
                  />
                </section>
                <section className={classes.middle} aria-label={text('template.part.picture')}>
                  <div className={classes.envelope}>
                    <Envelope editing={editing} remarks={remarks} />
                  </div>
                  {stage}
                  {stopping.length > 0 && problems}
                </section>
                <section className={classes.inspector} ref={inspector} aria-label={text('template.part.block')}>
                  <Inspector
                    editing={editing}
                    catalogue={catalogue}
                    onSource={() => {
                      setView('source')
                    }}
                  />
                </section>
              </div>
            </Dragging>
          )}
          {view === 'source' && (
            <div className={classes.source}>
              <div className={classes.code}>
                <Suspense fallback={<div className={classes.waiting}>{<Loader />}</div>}>
                  <SourceEditor
                    ref={source}
                    editing={editing}
                    catalogue={catalogue}
                    remarks={isCurrent ? remarks : NONE}
                  />
                </Suspense>
                {problems}
              </div>
              <Dragging editing={editing}>
                <div className={classes.beside}>{stage}</div>
              </Dragging>
            </div>
          )}
          {view === 'preview' &&
            (picture ? <PreviewView editing={editing} picture={picture} isStale={isStale} /> : stage)}
          {view === 'preview' && stopping.length > 0 && problems}
          <SaidLine said={editing.said} />
        </div>
        {publishing !== null && (
          <PublishDialog
            template={template}
            revision={publishing}
            onPublished={(published) => {
              setPublishing(null)
              keeping.published()
              if (published.content) dispatch({ type: 'saved', content: published.content })
            }}
            onClose={() => setPublishing(null)}
          />
        )}
      </Page>
    </MergeTagsContext>
  )
}

const NONE: readonly Remark[] = []
const EMPTY = { mjml: '', subject: '', preheader: '', text: null, test_data: {} }

function NoPicture() {
  const text = useText()
  return (
    <Text c="dimmed" fz="sm">
      {text('template.stage.broken')}
    </Text>
  )
}

/** How large the mail is, and when mail programs hide the rest of it. */
function Size({ bytes, most }: { bytes: number; most: number }) {
  const text = useText()
  const intl = useIntl()
  const size = intl.formatNumber(Math.ceil(bytes / 1024))
  const isLarge = bytes > most
  return (
    <Text fz="xs" className="numbers" c={isLarge ? 'var(--attention)' : 'dimmed'} style={{ whiteSpace: 'nowrap' }}>
      {text(isLarge ? 'composer.preview.tooBig' : 'composer.preview.size', { size })}
    </Text>
  )
}
