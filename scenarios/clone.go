package scenarios

import "reflect"

// clone returns a File that is equal and shares nothing that could be changed.
func (f *File) clone() *File {
	return clone(reflect.ValueOf(f)).Interface().(*File)
}

// clone copies what maps, pointers and slices lead to. Types with fields of their
// own, such as quantities, are values: what they point to is never changed.
func clone(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		to := reflect.New(v.Type().Elem())
		to.Elem().Set(clone(v.Elem()))
		return to
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		to := reflect.MakeMapWithSize(v.Type(), v.Len())
		for each := v.MapRange(); each.Next(); {
			to.SetMapIndex(each.Key(), clone(each.Value()))
		}
		return to
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		to := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			to.Index(i).Set(clone(v.Index(i)))
		}
		return to
	case reflect.Struct:
		to := reflect.New(v.Type()).Elem()
		to.Set(v)
		for i := range v.NumField() {
			if field := to.Field(i); field.CanSet() {
				field.Set(clone(v.Field(i)))
			}
		}
		return to
	}
	return v
}
