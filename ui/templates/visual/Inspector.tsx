import { ActionIcon, Button, Menu, Stack, Text } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconCode,
  IconCopy,
  IconDots,
  IconTrash,
} from '@tabler/icons-react'
import { Fragment, useId, useState } from 'react'
import type { TemplateCatalogue } from '../../../api/contract/templateTools.ts'
import { useText } from '../../shared/useText.tsx'
import { isRaw, kindOf } from '../blocks/blockKind.ts'
import type { TemplateEditing } from '../editing/useTemplateEditing.ts'
import { contentOf } from '../mjml/elementEdits.ts'
import { mayHold } from '../mjml/elements.ts'
import { inheritedValue, ownValue } from '../mjml/inherited.ts'
import type { MjmlElement, MjmlNode } from '../mjml/nodes.ts'
import { placeBeside } from '../mjml/places.ts'
import { elementAt, nodeAt, type Path, placeOf } from '../mjml/walk.ts'
import { AttributeField } from './AttributeField.tsx'
import { labelOf, sorted } from './attributes.ts'
import { BlockText } from './BlockText.tsx'
import { ImageField } from './ImageField.tsx'
import classes from './Inspector.module.css'
import { RawSource } from './RawSource.tsx'

type Props = {
  editing: TemplateEditing
  catalogue: TemplateCatalogue | undefined
  /** Shows the block in the source. */
  onSource: () => void
}

/** Everything that can be changed about the block that is selected. */
export function Inspector({ editing, catalogue, onSource }: Props) {
  const text = useText()
  const { tree, selected } = editing
  const node = selected === '' ? undefined : nodeAt(tree, selected)
  if (!node) {
    return (
      <Text fz="sm" c="dimmed" p="md">
        {text('template.inspector.nothing')}
      </Text>
    )
  }
  return (
    <Stack gap="sm" p="sm" key={selected}>
      <Head editing={editing} node={node} onSource={onSource} />
      {isRaw(node) || node.kind !== 'element' ? (
        <RawSource editing={editing} path={selected} node={node} />
      ) : (
        <ElementForm editing={editing} path={selected} element={node} catalogue={catalogue} />
      )}
    </Stack>
  )
}

function Head({ editing, node, onSource }: { editing: TemplateEditing; node: MjmlNode; onSource: () => void }) {
  const text = useText()
  const { tree, selected, run, select } = editing
  const { label, icon: Sign } = kindOf(node)
  const place = placeOf(selected)
  const parent = place && place.parent !== '' ? elementAt(tree, place.parent) : undefined
  const move = (direction: 'up' | 'down') => {
    const to = placeBeside(tree, selected, direction)
    if (to) run({ kind: 'move', path: selected, place: to })
  }
  const canWrap = node.kind === 'element' && node.name === 'mj-section' && parent?.name === 'mj-body'
  return (
    <div className={classes.head}>
      <Sign size={18} stroke={1.6} aria-hidden="true" />
      <div className={classes.titles}>
        <h2 className={classes.title}>{text(label)}</h2>
        {parent && place && (
          <button type="button" className={classes.parent} onClick={() => select(place.parent)}>
            {text('template.inspector.in', { block: text(kindOf(parent).label) })}
          </button>
        )}
      </div>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon aria-label={text('template.act.menu')} size={32}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconArrowUp size={15} />} onClick={() => move('up')}>
            {text('template.act.up')}
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowDown size={15} />} onClick={() => move('down')}>
            {text('template.act.down')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => run({ kind: 'duplicate', path: selected })}>
            {text('template.act.duplicate')}
          </Menu.Item>
          {canWrap && (
            <Menu.Item onClick={() => run({ kind: 'wrap', path: selected, name: 'mj-wrapper' })}>
              {text('template.act.wrap')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCode size={15} />} onClick={onSource}>
            {text('template.act.source')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={15} />}
            onClick={() => run({ kind: 'remove', path: selected })}
          >
            {text('template.act.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

type FormProps = {
  editing: TemplateEditing
  path: Path
  element: MjmlElement
  catalogue: TemplateCatalogue | undefined
}

function ElementForm({ editing, path, element, catalogue }: FormProps) {
  const text = useText()
  const others = useId()
  const [open, setOpen] = useState(false)
  const { tree, run } = editing
  const spec = catalogue?.elements.find(({ name }) => name === element.name)
  const { first, others: rest } = sorted(element.name, spec?.attributes ?? [])
  const valueIn = (name: string) => ownValue(tree, element, name)
  const set = (name: string, value: string | null) => {
    const label = labelOf(name)
    run(
      { kind: 'set_attribute', path, name, value },
      {
        label: text('template.did.attribute', {
          attribute: label ? text(label) : name,
          block: text(kindOf(element).label),
        }),
        group: `attribute ${path} ${name}`,
      },
    )
  }
  /** What holds while nothing is said here. */
  const usual = (name: string) => {
    const value = inheritedValue(tree, element, name)
    return value === undefined ? {} : { default: value }
  }
  const field = (one: (typeof rest)[number]) => (
    <Fragment key={one.name}>
      <AttributeField
        spec={{ ...one, ...usual(one.name) }}
        value={valueIn(one.name)}
        onChange={(value) => set(one.name, value)}
      />
    </Fragment>
  )
  const isText = element.opaque && element.name !== 'mj-raw'
  return (
    <>
      {element.name === 'mj-image' && (
        <ImageField
          src={valueIn('src') ?? ''}
          alt={valueIn('alt')}
          onSrc={(value) => set('src', value)}
          onAlt={(value) => set('alt', value)}
        />
      )}
      {isText && <BlockText editing={editing} path={path} element={element} html={contentOf(tree, element)} />}
      {element.name === 'mj-survey' && (
        <Button
          size="xs"
          variant="default"
          onClick={() =>
            run({
              kind: 'insert',
              place: { parent: path, index: element.children.filter((child) => child.kind !== 'text').length },
              mjml: `<mj-survey-answer value="answer-${element.children.length + 1}">${text('template.new.answer.one')}</mj-survey-answer>`,
            })
          }
        >
          {text('template.survey.addAnswer')}
        </Button>
      )}
      <div className={classes.fields}>{first.map(field)}</div>
      {rest.length > 0 && (
        <>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            justify="space-between"
            aria-expanded={open}
            aria-controls={others}
            rightSection={<IconChevronDown size={14} />}
            onClick={() => setOpen(!open)}
          >
            {text('template.inspector.more', { count: rest.length })}
          </Button>
          {open && (
            <div id={others} className={classes.fields}>
              {rest.filter(({ name }) => element.name !== 'mj-image' || (name !== 'src' && name !== 'alt')).map(field)}
            </div>
          )}
        </>
      )}
      {!mayHold(element.name, 'mj-raw') && spec === undefined && (
        <RawSource editing={editing} path={path} node={element} />
      )}
    </>
  )
}
