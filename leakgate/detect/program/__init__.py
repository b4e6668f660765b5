"""Program text: is what stands behind a name a value, or a piece of a program?"""
