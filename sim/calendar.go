package sim

import (
	"fmt"
	"math"
	"math/bits"
)

// never is the key of a slot with nothing pending.
const never = math.MaxUint64

// Calendar is the future event list: for each slot the instant at which its
// owner next acts, or none. It is a tournament (a winner tree) over slots with
// one packed integer key each, time above slot; the winner is the next event,
// and ties go to the lower slot.
//
// A change replays the path from the slot's leaf to the root, which is always
// the same number of comparisons without a branch, and so costs a few
// nanoseconds where a heap's data-dependent path costs tens.
type Calendar struct {
	keys  []uint64 // keys[1] is the winner, keys[leaf+s] the key of slot s
	small *small   // the keys of a calendar of 32 slots, else nil
	leaf  int      // number of leaves, a power of two
	bits  uint     // of a key that hold the slot
}

// NewCalendar returns a calendar of slots 0 … slots-1 with nothing pending.
// It panics unless there are between 1 and 2^24 slots.
func NewCalendar(slots int) Calendar {
	if slots < 1 || slots > 1<<24 {
		panic(fmt.Sprintf("sim: want a calendar of 1 to %d slots, not %d", 1<<24, slots))
	}
	b := uint(bits.Len(uint(slots - 1)))
	c := Calendar{leaf: 1 << b, bits: b, keys: make([]uint64, 2<<b)}
	if len(c.keys) == len(small{}) {
		c.small = (*small)(c.keys)
	}
	c.Clear()
	return c
}

// Clear leaves nothing pending.
func (c *Calendar) Clear() {
	for i := range c.keys {
		c.keys[i] = never
	}
}

// Set makes the owner of the slot act at instant at, instead of whenever it
// was to act before. Instants before 0 or at [Never] or beyond the calendar's
// range, which ends after 34,000 years, count as never.
//
// The new key plays its way from the slot's leaf up to the root. Each level
// meets the winner of the neighbouring subtree, so that the loads of all levels
// are independent of the stores and only the minimum is carried upwards.
func (c *Calendar) Set(slot int, at Time) {
	if c.small != nil {
		c.small.play(slot, keyOf(at, slot, 5))
		return
	}
	c.play(slot, keyOf(at, slot, c.bits))
}

// keyOf packs an instant and a slot of so many bits.
func keyOf(at Time, slot int, bits uint) uint64 {
	if uint64(at) >= 1<<40 {
		return never
	}
	return uint64(at)<<(bits&63) | uint64(slot)
}

// play stores the key of a slot and lets it play up to the root.
func (c *Calendar) play(slot int, key uint64) {
	keys, i := c.keys, c.leaf+slot
	keys[i] = key
	for i > 1 {
		key = min(key, keys[i^1])
		i >>= 1
		keys[i] = key
	}
}

// small is the keys of a calendar of 32 slots, which many models have: its size
// is known, so that nothing need be checked and the path can be written out.
type small [64]uint64

// play does what it does for a calendar of any size.
func (k *small) play(slot int, key uint64) {
	k[32:][slot] = key
	i := uint(slot) % 32
	key = min(key, k[32+(i^1)])
	i /= 2
	k[16+i] = key
	key = min(key, k[16+(i^1)])
	i /= 2
	k[8+i] = key
	key = min(key, k[8+(i^1)])
	i /= 2
	k[4+i] = key
	key = min(key, k[4+(i^1)])
	i /= 2
	k[2+i] = key
	k[1] = min(key, k[2+(i^1)])
}

// Cancel leaves nothing pending for the slot.
func (c *Calendar) Cancel(slot int) { c.Set(slot, Never) }

// Next returns the slot that acts next and when; ok is false if nothing is
// pending. The slot stays pending: its owner is expected to set it anew or to
// cancel it.
func (c *Calendar) Next() (slot int, at Time, ok bool) {
	key := c.keys[1]
	if key == never {
		return 0, Never, false
	}
	return int(key & uint64(c.leaf-1)), Time(key >> (c.bits & 63)), true
}

// At returns when the slot's owner acts, or [Never].
func (c *Calendar) At(slot int) Time {
	key := c.keys[c.leaf+slot]
	if key == never {
		return Never
	}
	return Time(key >> c.bits)
}

// Slots returns for how many slots there is room.
func (c *Calendar) Slots() int { return c.leaf }

// CopyFrom makes c equal to another calendar with the same number of slots,
// without allocating. It panics if the numbers differ.
func (c *Calendar) CopyFrom(o *Calendar) {
	if c.leaf != o.leaf {
		panic(fmt.Sprintf("sim: calendar of %d slots cannot copy one of %d", c.leaf, o.leaf))
	}
	copy(c.keys, o.keys)
}
