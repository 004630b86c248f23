"""The pages of courses: public (finding, registering, one's own), planning, and the attendance list."""
