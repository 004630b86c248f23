"""What those who came think of it: asked once after a visit or a course, answered by nobody in particular."""
