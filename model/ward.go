package model

// ward is the patients and the flow demand of a hospital, and its sources.
type ward struct{}

// group is a group of patients.
type group struct{ hospital int32 }

// tanker is a series of deliveries to a bulk tank.
type tanker struct{}

var groupMeasures = []measure{}

func (w *World) groupNames() []string { return nil }
func (w *World) makeWard(h int)       {}
func (w *World) expectWardUse(h int)  {}
func (w *World) resetWards()          {}
func (w *World) startWards()          {}
func (w *World) forgetWards()         {}
func (w *World) settleWard(i int)     {}
func (w *World) dayAtWard(h int)      {}
func (w *World) wardStocked(h int)    {}
func (w *World) wardPiped(h int)      {}
func (w *World) wardPowered(h int)    {}
func (w *World) wardMachines(h int)   {}
func (w *World) wardTurned(i int)     {}
func (w *World) patientCame(i int)    {}
func (w *World) tankerMoved(i int)    {}
