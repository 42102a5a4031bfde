package rng

import "math"

// normal returns the standard normal quantile of u in (0,1), within 1e-15 relative. b
// is u×2^64: the branch is taken on it because it is known earlier than u, and a wrong
// guess, one in seven, is found out earlier.
//
// Source: Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988), with the
// polynomials evaluated by Estrin's scheme, which is faster than Horner's.
func normal(b uint64, u float64) float64 {
	const tail = 0x1333333333333333 // 0.075 × 2^64
	q := u - 0.5
	if b-tail > -2*tail&(1<<64-1) {
		// No branch on the sign: it would be guessed wrong half the time.
		return math.Copysign(normalTail(min(u, 1-u)), q)
	}
	r := 0.180625 - float64(q*q)
	r2 := float64(r * r)
	r4 := float64(r2 * r2)
	n := float64(r4*(float64(r2*(float64(r*2.5090809287301226727e3)+3.3430575583588128105e4))+
		(float64(r*6.7265770927008700853e4)+4.5921953931549871457e4))) +
		(float64(r2*(float64(r*1.3731693765509461125e4)+1.9715909503065514427e3)) +
			(float64(r*1.3314166789178437745e2) + 3.3871328727963666080e0))
	d := float64(r4*(float64(r2*(float64(r*5.2264952788528545610e3)+2.8729085735721942674e4))+
		(float64(r*3.9307895800092710610e4)+2.1213794301586595867e4))) +
		(float64(r2*(float64(r*5.3941960214247511077e3)+6.8718700749205790830e2)) +
			(float64(r*4.2313330701600911252e1) + 1))
	return float64(q * n / d)
}

// normalTail returns the z ≥ 0 that a standard normal number exceeds with probability p
// < 0.075.
func normalTail(p float64) float64 {
	r := math.Sqrt(-log(p))
	if r <= 5 { // p ≥ 1.4e-11
		r -= 1.6
		return madd(r, madd(r, madd(r, madd(r, madd(r, madd(r, madd(r,
			7.74545014278341407640e-4,
			2.27238449892691845833e-2),
			2.41780725177450611770e-1),
			1.27045825245236838258e0),
			3.64784832476320460504e0),
			5.76949722146069140550e0),
			4.63033784615654529590e0),
			1.42343711074968357734e0) /
			madd(r, madd(r, madd(r, madd(r, madd(r, madd(r, madd(r,
				1.05075007164441684324e-9,
				5.47593808499534494600e-4),
				1.51986665636164571966e-2),
				1.48103976427480074590e-1),
				6.89767334985100004550e-1),
				1.67638483018380384940e0),
				2.05319162663775882187e0),
				1)
	}
	r -= 5
	return madd(r, madd(r, madd(r, madd(r, madd(r, madd(r, madd(r,
		2.01033439929228813265e-7,
		2.71155556874348757815e-5),
		1.24266094738807843860e-3),
		2.65321895265761230930e-2),
		2.96560571828504891230e-1),
		1.78482653991729133580e0),
		5.46378491116411436990e0),
		6.65790464350110377720e0) /
		madd(r, madd(r, madd(r, madd(r, madd(r, madd(r, madd(r,
			2.04426310338993978564e-15,
			1.42151175831644588870e-7),
			1.84631831751005468180e-5),
			7.86869131145613259100e-4),
			1.48753612908506148525e-2),
			1.36929880922735805310e-1),
			5.99832206555887937690e-1),
			1)
}
