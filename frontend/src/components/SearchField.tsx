import { chakra, Input } from '@chakra-ui/react'
import { Search } from 'lucide-react'

interface SearchFieldProps {
  /** As in "Search tags". */
  label: string
  value: string
  onChange: (value: string) => void
}

export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <chakra.label position="relative" display="block" w="240px">
      <chakra.span position="absolute" left="8px" top="6px" color="text3" zIndex={1} pointerEvents="none">
        <Search size={16} strokeWidth={1.5} aria-hidden="true" />
      </chakra.span>
      <Input
        type="search"
        size="sm"
        ps="30px"
        bg="sunk"
        value={value}
        placeholder={label}
        aria-label={label}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
      />
    </chakra.label>
  )
}
