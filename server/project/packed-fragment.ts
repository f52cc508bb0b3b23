import type { Fragment } from '../../language/model/fragment.ts';

/** A fragment as it is kept on disk. */
export type PackedFragment = Fragment;

export function packFragment(fragment: Fragment): PackedFragment {
  return fragment;
}

export function unpackFragment(file: string, packed: PackedFragment): Fragment {
  return packed.file === file ? packed : { ...packed, file };
}
